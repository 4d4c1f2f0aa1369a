"""The report's files, each whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.review.report.data import gather
from pipeline.review.report.style import needed
from pipeline.review.report.words import words
from pipeline.run.files import put

PAGE = "report.html"


def write(out: Path, to: Path, language: str, rows: int, with_font: bool) -> Iterator[str]:
    """Write the page and the pictures; what was written.

    Raises:
        InputError: the tables are missing or cannot be read.
        OutputError: a package is missing, or a file cannot be written.
    """
    needed()
    facts = gather(out, rows)
    from pipeline.review.report.page import page
    from pipeline.review.report.pictures import pictures

    spoken = words(language)
    drawn = list(pictures(facts, spoken))
    contents = {PAGE: page(facts, drawn, spoken, with_font).encode()}
    for picture in drawn:
        contents[f"{picture.name}.svg"], contents[f"{picture.name}.png"] = picture.svg, picture.png
    try:
        for name, content in contents.items():
            put(to / name, content)
    except OSError as error:
        raise OutputError(f"{error.filename or to}: {error.strerror}; choose another folder with --to") from error
    yield f"{to / PAGE}  {len(contents[PAGE]) / 1e6:,.1f} MB: {facts.posts:,} posts, {facts.rows:,} rows"
    yield f"  {', '.join(picture.name for picture in drawn)} as .svg and .png beside it"
