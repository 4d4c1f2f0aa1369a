"""Rows and gold posts of a few cells."""

import json
from pathlib import Path
from typing import Any

from pipeline.evaluate import gold
from pipeline.table.schema import NAMES, Row

TEXT = "甲公司营收3元，乙公司营收5元。"


def row(text: str = "3元", *, within: str = TEXT, **cells: str) -> Row:
    start = within.index(text)
    placed = {"text": text, "start": str(start), "end": str(start + len(text)), "post_id": "p"}
    known = {"kind": "money", "label": "amount", "rule": "test.rule", "unit": "CNY"}
    made = {**dict.fromkeys(NAMES, ""), **known, **placed, **cells}
    made["row_id"] = cells.get("row_id", f"r{made['kind']}{start}")
    if "value" in made:
        made["value_min"] = made["value_max"] = made.pop("value")
    return made


def item(text: str = "3元", *, within: str = TEXT, **cells: Any) -> dict[str, Any]:
    start = within.index(text)
    known = {"kind": "money", "label": "amount", "text": text, "start": start, "end": start + len(text), "unit": "CNY"}
    made = {**known, **cells}
    if "value" in made:
        made["value_min"] = made["value_max"] = made.pop("value")
    return made


def post(text: str = TEXT, **parts: Any) -> gold.GoldPost:
    return gold.parsed("here:1", {"post_id": "p", "text": text, **parts})


def file(path: Path, *lines: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("".join(f"{line}\n" for line in whole), "utf-8")
    return path
