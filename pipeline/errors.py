"""The errors that Taojin raises, all below ``TaojinError``.

A message names the file and says what to do. Nothing else is raised on purpose.
"""


class TaojinError(Exception):
    """Base of every error raised on purpose."""


class SettingsError(TaojinError):
    """A settings file, an environment variable or a flag holds a value that cannot be used."""


class LexiconError(TaojinError):
    """A lexicon file cannot be read; the message gives file and line."""


class InputError(TaojinError):
    """A source cannot be read as posts. It becomes a row of ``rejected.csv``; the run goes on."""


class OutputError(TaojinError):
    """The output folder cannot be written; the last good output is untouched."""


class TableError(TaojinError):
    """A row breaks the contract of the table. It is a defect of ours, never of the input."""
