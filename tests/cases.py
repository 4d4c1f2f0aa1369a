"""Cases as data: JSON Lines beside the tests, one idea a line."""

import json
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def cases(path: str) -> list[Any]:
    """The cases of a file below ``tests/`` as pytest parameters, named by phenomenon."""
    lines = (HERE / path).read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines if line.strip()]
    return [pytest.param(case, id=f"{case['phenomenon']}-{at}") for at, case in enumerate(found, 1)]
