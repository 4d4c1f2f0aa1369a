"""What is kept of lexicons is kept by the arguments that it was made for."""

import pytest

from pipeline.lexicons import cached


@cached
def joined(*names: str) -> str:
    return "+".join(names)


@pytest.mark.parametrize("names", [(), ("a",), ("a", "b"), ("b",)])
def test_any_number_of_arguments(names: tuple[str, ...]) -> None:
    assert joined(*names) == "+".join(names)
