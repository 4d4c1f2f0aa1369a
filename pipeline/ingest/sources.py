"""Which files a call means: folders in sorted order, without what a browser saves beside a page."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.ingest.sidecar import is_sidecar

# What lies beside saved pages and holds no text; anything else that cannot be read is reported, not skipped.
ASSETS = frozenset(
    [
        "avif",
        "bmp",
        "css",
        "eot",
        "flv",
        "gif",
        "ico",
        "jpeg",
        "jpg",
        "js",
        "m4a",
        "map",
        "mjs",
        "mov",
        "mp3",
        "mp4",
        "ogg",
        "otf",
        "png",
        "svg",
        "swf",
        "tif",
        "tiff",
        "ttf",
        "wav",
        "webm",
        "webp",
        "woff",
        "woff2",
    ]
)
SAVED_WITH_PAGE = ("_files", ".files", "_file", "-Dateien", "_fichiers", "_archivos")
STDIN = "-"


def sources(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The files to read, in the order of ``paths``, each folder walked in sorted order.

    A path that names a file is yielded as it is, missing or not, and so is ``-`` (standard input); a folder
    yields its files except hidden ones, the folders that browsers save beside a page, the scraper's notes beside
    its pages, and images, styles, scripts, fonts and media.
    """
    for path in map(Path, paths):
        if str(path) != STDIN and path.is_dir():
            yield from below(path)
        else:
            yield path


def below(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not beside_a_page(root, name))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and name.rpartition(".")[2].lower() not in ASSETS and not is_sidecar(path):
                yield path


def beside_a_page(root: str, name: str) -> bool:
    """Whether a folder is the one that a browser saved with a page of the same name."""
    for ending in SAVED_WITH_PAGE:
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            return ending == "_files" or any(Path(root, stem + end).exists() for end in (".html", ".htm", ".HTM"))
    return False
