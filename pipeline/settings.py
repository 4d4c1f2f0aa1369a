"""Everything a user can set, with defaults.

Later wins: defaults, ``taojin.toml`` in the working folder (or ``--settings FILE``), ``TAOJIN_*`` in the
environment, flags.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.errors import SettingsError

FILE = "taojin.toml"
PREFIX = "TAOJIN_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set.

    Attributes:
        timezone: IANA zone of times that state none.
        currency: ISO 4217 code of amounts whose text and context give no currency.
        lexicons: folder of the user's own lexicon files, read after the shipped ones; empty for none.
        model: name of an installed spaCy model, or its folder, whose entities are added where ours leave room;
            empty for none.
        cases: folder of the user's own gold posts, which `taojin evaluate` scores and `taojin learn` adds to.
        max_page_bytes: a larger HTML page or dump is rejected rather than read.
    """

    timezone: str = "Asia/Shanghai"
    currency: str = "CNY"
    lexicons: str = ""
    model: str = ""
    cases: str = "my-cases"
    max_page_bytes: int = 64_000_000

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def load(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a file that was asked for is missing, or a key or value cannot be used.
    """
    environ = os.environ if environ is None else environ
    found = path or Path(FILE)
    values: dict[str, Any] = {}
    if path is not None or found.is_file():
        try:
            values.update(tomllib.loads(found.read_text("utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"{found}: {error}; correct the file or remove it") from error
    values.pop("scrape", None)  # the scraper reads its own table
    for field in fields(Settings):
        value = environ.get(PREFIX + field.name.upper())
        if value is not None:
            values[field.name] = value
    return checked(values, str(found))


def checked(values: Mapping[str, Any], where: str) -> Settings:
    """Settings from raw values, each converted to its field's type."""
    known = {field.name: field.type for field in fields(Settings)}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise SettingsError(f"{where}: unknown setting {unknown[0]!r}; known are {', '.join(known)}")
    settings = Settings()
    for name, value in values.items():
        try:
            settings = replace(settings, **{name: type(getattr(settings, name))(value)})
        except (TypeError, ValueError) as error:
            raise SettingsError(f"{where}: {name} = {value!r} cannot be used: {error}") from error
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(f"{where}: timezone {settings.timezone!r} is not an IANA zone") from error
    return settings
