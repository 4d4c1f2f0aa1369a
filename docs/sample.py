"""Write the sample of the READMEs, as a table and as a picture, from ``extracted/`` (``make sample``).

The picture needs Chromium and a Chinese font; without it the table alone is written.
"""

import csv
import html
import shutil
import subprocess
import tempfile
from pathlib import Path

HOME = Path(__file__).parent.parent
POST = "bbs.taojin.example:2101:88001"
COLUMNS = ("kind", "label", "text", "value_min", "value_max", "unit", "subject", "predicate", "measure", "direction")
MORE = ("period", "certainty")
ROWS = 13
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MARK = "<!-- sample -->"
STYLE = """body{margin:0;padding:16px;font:14px/1.5 "Noto Sans CJK SC",sans-serif;background:#fff;color:#222}
table{border-collapse:collapse}th{background:#eef2f7;text-align:left}
td,th{border:1px solid #cdd5df;padding:3px 9px;white-space:nowrap}
tr.claim td{background:#fff9e8}tr.money td:nth-child(3){color:#0a6}tr.percent td:nth-child(3){color:#05a}"""


def rows() -> list[dict[str, str]]:
    with (HOME / "extracted" / "extractions.csv").open(encoding="utf-8-sig", newline="") as stream:
        found = [row for row in csv.DictReader(stream) if row["post_id"] == POST and row["kind"] != "date"]
    at = next(i for i, row in enumerate(found) if row["kind"] == "claim" and "数据中心" in row["text"])
    return found[max(0, at - 3) : at - 3 + ROWS]


def markdown(found: list[dict[str, str]]) -> str:
    names = (*COLUMNS, *MORE)
    lines = ["| " + " | ".join(names) + " |", "| " + " | ".join("---" for _ in names) + " |"]
    return "\n".join([*lines, *("| " + " | ".join(row[name] for name in names) + " |" for row in found)])


def picture(found: list[dict[str, str]], path: Path) -> None:
    browser = next((name for name in BROWSERS if shutil.which(name)), None)
    if browser is None:
        print("no Chromium here: the picture stays as it is")
        return
    names = (*COLUMNS, *MORE)
    head = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(
        f'<tr class="{row["kind"]}">' + "".join(f"<td>{html.escape(row[name])}</td>" for name in names) + "</tr>"
        for row in found
    )
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(f'<meta charset="utf-8"><style>{STYLE}</style><table><tr>{head}</tr>{body}</table>', "utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1420,460"]
        flags += ["--disable-background-networking", f"--user-data-dir={folder}/profile", f"--screenshot={path}"]
        subprocess.run([browser, *flags, page.as_uri()], check=True, capture_output=True)


def put(readme: Path, table: str) -> None:
    """Replace what stands between the readme's two marks."""
    before, _, after = readme.read_text("utf-8").split(MARK)
    readme.write_text(f"{before}{MARK}\n{table}\n{MARK}{after}", "utf-8")


def main() -> None:
    found = rows()
    for name in ("README.md", "README.zh-CN.md"):
        put(HOME / name, markdown(found))
    picture(found, HOME / "docs" / "sample.png")


if __name__ == "__main__":
    main()
