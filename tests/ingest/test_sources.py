"""Which files a call means."""

from pathlib import Path

from pipeline.ingest import sources


def laid(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")


def found(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in sources([folder])]


def test_folders_are_sorted_and_walked(tmp_path):
    laid(tmp_path, "b.html", "a.txt", "sub/c.jsonl", "sub/a.mhtml")
    assert found(tmp_path) == ["a.txt", "b.html", "sub/a.mhtml", "sub/c.jsonl"]


def test_hidden_files_and_assets_are_skipped(tmp_path):
    laid(tmp_path, ".DS_Store", ".git/config", "logo.PNG", "style.css", "thread.html", "junk.bin", "no-ending")
    assert found(tmp_path) == ["junk.bin", "no-ending", "thread.html"]


def test_folders_saved_with_a_page_are_skipped(tmp_path):
    laid(tmp_path, "帖子.html", "帖子_files/a.html", "page.htm", "page.files/b.html", "old.files/c.html")
    assert found(tmp_path) == ["page.htm", "帖子.html", "old.files/c.html"]


def test_named_files_and_standard_input_come_as_they_are(tmp_path):
    laid(tmp_path, "picture.png")
    wanted = [tmp_path / "picture.png", Path("-"), tmp_path / "missing"]
    assert list(sources(wanted)) == wanted
