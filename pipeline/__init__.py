"""Taojin: from Chinese forum posts to a table of who claims what.

``extract`` and ``read_numbers`` are the library; they import what they need when they are called.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.mentions.numerals import read_numbers
    from pipeline.run.library import extract

__version__ = "0.1.0"
__all__ = ["__version__", "extract", "read_numbers"]


def __getattr__(name: str) -> Any:
    if name == "extract":
        from pipeline.run.library import extract

        return extract
    if name == "read_numbers":
        from pipeline.mentions.numerals import read_numbers

        return read_numbers
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
