"""Bytes to text: byte order mark, UTF-8, the declared label, then what the bytes themselves say.

Nothing is replaced silently: a byte that no candidate charset can read becomes U+FFFD and is counted.
"""

import codecs
import re
from dataclasses import dataclass
from functools import cache

from pipeline.lexicons import lexicon_table

HEAD = 4096
# Charsets that pages come in; others that Python reads (UTF-7, escapes) are no pages, whatever a label says.
PAGES = ("utf-8", "gb18030", "big5", "euc", "shift", "cp", "iso8859", "iso2022", "koi8", "windows", "mac", "tis")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
PIECE = re.compile(rb"<?[^<\n]*\n|<?[^<\n]+|<")
JOINED_SURROGATES = re.compile(
    r"&#(55[2-9]\d\d|56[0-2]\d\d|563[01]\d);&#(56[3-9]\d\d|57[0-2]\d\d|573[0-3]\d|5734[0-3]);"
)


@cache
def words() -> tuple[frozenset[str], dict[str, str]]:
    """The most frequent characters of Chinese text, and the widest charset of each label's family."""
    table = lexicon_table("charsets", "")
    return frozenset(table["frequent"]), table["family"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset that read most of it, and how many bytes none could read."""

    text: str
    charset: str
    undecodable: int = 0


def decode(data: bytes, label: str = "") -> Decoded:
    """Decode a page; ``label`` is a charset named outside of it (a MIME header), believed before its own."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return lossy(data[len(mark) :] if name == "utf-8" else data, name)
    try:
        return Decoded(mended(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        pass
    names = list(dict.fromkeys(filter(None, (known(label), declared(data), "gb18030", "big5hkscs"))))
    legacy = [name for name in names if name != "utf-8"]
    if mostly_utf8(data):
        return by_line(data, "utf-8", legacy)
    for name in legacy[:1] if names[0] != "utf-8" else []:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if plausible(text):
            return Decoded(mended(text), name)
    best = min(legacy, key=lambda name: cost(data, name))
    return by_line(data, best, [])


def known(label: str) -> str:
    """The codec of a charset label, its family's widest; empty for one that no page comes in."""
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name if label else ""
    except (LookupError, ValueError):
        return ""
    name = words()[1].get(name.replace("_", "-"), name.replace("_", "-"))
    return name if name.startswith(PAGES) else ""


def declared(data: bytes) -> str:
    """The codec that a page's XML declaration or ``meta`` names."""
    from bs4.dammit import EncodingDetector  # loaded for legacy charsets alone

    found = EncodingDetector.find_declared_encoding(data[:HEAD], is_html=True, search_entire_document=True)
    return known(found or "")


def mostly_utf8(data: bytes) -> bool:
    """Whether most of what is above ASCII is UTF-8; of a legacy charset's pairs of bytes hardly any is."""
    text = data.decode("utf-8", "surrogateescape")
    above = [char for char in text if char > "\x7f"]
    wrong = sum("\udc80" <= char <= "\udcff" for char in above)
    return bool(above) and (len(above) - wrong) * 2 >= wrong


def plausible(text: str) -> bool:
    """Whether a legacy charset gave Chinese text rather than another charset's bytes read wrongly."""
    sample, frequent = [char for char in text if char > "\x7f"][:4000], words()[0]
    return len(sample) < 20 or sum(char in frequent for char in sample) >= len(sample) / 25


def cost(data: bytes, name: str) -> float:
    """How badly a charset fits: the share of bytes that it cannot read, less the share of frequent characters."""
    text = data[:200_000].decode(name, "surrogateescape")
    sample = [char for char in text if char > "\x7f"] or ["x"]
    wrong = sum("\udc80" <= char <= "\udcff" for char in sample)
    frequent = words()[0]
    return (5 * wrong - sum(char in frequent for char in sample)) / len(sample)


def by_line(data: bytes, name: str, others: list[str]) -> Decoded:
    """Decode a page of mixed charsets: each line by ``name``, or by what can read it whole; a line of UTF-8 and
    another charset tag by tag.
    """
    parts: list[str] = []
    undecodable = 0
    for line in PIECE.findall(data) if name == "utf-8" else data.splitlines(keepends=True):
        text = None
        broken = name == "utf-8" and not line.isascii() and mostly_utf8(line)
        for candidate in () if broken else ("utf-8", name, *others):
            try:
                text = line.decode(candidate)
            except UnicodeDecodeError:
                continue
            if candidate != name and name != "utf-8" and len(line) - len(text) < 4:
                text = None  # two legacy characters can look like UTF-8 by chance
                continue
            break
        if text is None:
            one = lossy(line, name)
            text, undecodable = one.text, undecodable + one.undecodable
        parts.append(text)
    return Decoded(mended("".join(parts)), name, undecodable)


def lossy(data: bytes, name: str) -> Decoded:
    """Decode with U+FFFD for each byte that cannot be read, and count them."""
    if name.startswith(("utf-16", "utf-32")):
        text = data.decode(name, "replace")
        return Decoded(text, name, text.count("�"))
    text = data.decode(name, "surrogateescape")
    kept = re.sub("[\udc80-\udcff]", "�", text)
    return Decoded(mended(kept), name, sum("\udc80" <= char <= "\udcff" for char in text))


def mended(text: str) -> str:
    """Character references to the two halves of one character, as old Discuz writes them, put together."""
    if "&#5" not in text:
        return text
    return JOINED_SURROGATES.sub(lambda m: chr(0x10000 + ((int(m[1]) - 0xD800) << 10) + int(m[2]) - 0xDC00), text)
