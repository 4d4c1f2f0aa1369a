"""Names that no dictionary holds: of firms, of people, of models."""

from collections.abc import Sequence

from pipeline.claims.events.lexicon import owners, word_tuple, words
from pipeline.claims.named import NAME, behind_kind
from pipeline.claims.phrases import Unit, is_agent
from pipeline.claims.reading import Reading
from pipeline.mentions.entities.fullnames import tables
from pipeline.mentions.entities.knowledge import knowledge_base

LONGEST_PERSON = 4  # characters of a person's name that no dictionary holds
PROPER = ("nr", "nt", "nz")  # jieba's: names of people, bodies, others
OPENING = "\n。！!？?；;】：:，, "  # in front of a clause
LONGEST_UNHEARD = 6  # characters of a firm's name that opens a clause
UNHEARD = ("x", "nz", "nrt", "nr", "nt")  # jieba's tags of words that may be a name
NAMING = (*UNHEARD, "ns", "n", "j")  # … and of its parts
SHORTEST_LATIN = 4  # letters of a name in Latin script that stands alone
LONGEST_UNKNOWN = 4  # characters of a firm's name that no dictionary holds


def unknown_name(phrase: Sequence[Unit]) -> Sequence[Unit]:
    """The name of an unknown firm that ends a phrase: “快鹿”, 机器人公司库尔特, 初创公司Wiz; empty for none."""
    if any(unit.word in owners() for unit in phrase):
        return ()  # 某某公司|定增
    if phrase[-1].tag == NAME:
        return () if phrase[-1].word.startswith("第") or phrase[-1].word.endswith(word_tuple("rounds")) else phrase[-1:]
    if is_name(phrase[-1]):
        alone = len(phrase) == 1 and phrase[-1].word.istitle() and len(phrase[-1].word) >= SHORTEST_LATIN
        return phrase[-1:] if alone or (len(phrase) > 1 and is_agent(phrase[-2].word)) else ()
    found = behind_kind(phrase, lambda word: word.endswith(word_tuple("kinds")))
    ends = found and found[-1].word.endswith(word_tuple("no_name_ends"))
    return () if ends or (found and found[0].word.startswith(word_tuple("no_name_starts"))) else found


def house_name(phrase: Sequence[Unit]) -> Sequence[Unit]:
    """The name that ends a phrase of a firm which no dictionary holds: 旗下|瑞锋|科技; empty for none."""
    tailed = len(phrase) > 1 and phrase[-1].word in word_tuple("firm_tails")
    unknown = tailed and phrase[-2].tag == "x" and not phrase[-2].word.isascii()
    return phrase[-2:] if unknown and 2 <= len(phrase[-2].word) <= LONGEST_UNKNOWN else ()


def without_copula(reading: Reading, phrase: list[Unit]) -> list[Unit]:
    """A phrase whose last word, unknown to the dictionary, has taken 为 for its end: 任命[王晓雁]为副总裁."""
    for index, unit in enumerate(phrase):
        if unit.tag != "x" or len(unit.word) < 2 or not unit.word.endswith(word_tuple("as_what")):
            continue
        named = unit.word if len(unit.word) > 2 else phrase[index - 1].word if index else ""  # 黄力|平为
        if named[:1] in surnames():
            return [*phrase[:index], unit._replace(end=unit.end - 1, word=unit.word[:-1])]
    return phrase


def unknown_end(phrase: Sequence[Unit]) -> Sequence[Unit]:
    """The words at the end of a phrase of which the dictionary knows none: 艾斯|皮诺萨."""
    at = len(phrase) - 1
    while at > 0 and phrase[at - 1].tag.startswith(("x", "nr")) and phrase[at - 1].mention is None:
        at -= 1
    return phrase[at:]


def is_model(unit: Unit) -> bool:
    """True for letters and figures that name goods: R1, X100."""
    return unit.word.isascii() and any(char.isdigit() for char in unit.word) and not unit.word.isdigit()


def is_proper(unit: Unit) -> bool:
    return unit.tag.startswith(PROPER) and unit.word not in words("manners")


def is_unheard(phrase: Sequence[Unit]) -> bool:
    """True for a word alone that no dictionary holds: 收购|夏普."""
    word = phrase[0].word
    return len(phrase) == 1 and phrase[0].tag == "x" and not word.isascii() and 2 <= len(word) <= LONGEST_UNKNOWN


def opens_with_unheard(reading: Reading, phrase: Sequence[Unit]) -> bool:
    """True for a short name that no dictionary holds and with which a clause opens: 鼎曜|拟收购…, 宏硕精密|挂牌."""
    start, end = phrase[0].start, phrase[-1].end
    opens = not start or reading.folded[start - 1] in OPENING
    opens = opens and not phrase[-1].word.endswith(word_tuple("rounds"))
    if not opens or not 2 <= end - start <= LONGEST_UNHEARD or any(u.word.isascii() for u in phrase):
        return False
    named = len(phrase) > 1 and phrase[-1].word in words("firm_tails")
    rest = phrase[:-1] if named else phrase
    return all(u.kind == "noun" and u.tag in NAMING for u in rest) and (named or phrase[-1].tag in UNHEARD)


def without_clinging(phrase: Sequence[Unit]) -> Sequence[Unit]:
    """A name whose last word has taken the adverb behind it: 鼎曜|拟."""
    first, last = phrase[0], phrase[-1]
    if len(last.word) > 2 and last.tag == "x" and last.word[-1] in words("clinging"):
        return [*phrase[:-1], last._replace(end=last.end - 1, word=last.word[:-1])]
    if len(first.word) > 2 and first.tag == "x" and first.word[0] in words("examples"):
        return [first._replace(start=first.start + 1, word=first.word[1:]), *phrase[1:]]  # 如|华映
    return phrase


def surnames() -> frozenset[str]:
    names = tables(knowledge_base())
    return names.surnames - names.weak


def is_unknown_person(unit: Unit) -> bool:
    return unit.tag == "x" and not unit.word.isascii() and 2 <= len(unit.word) <= LONGEST_PERSON


def is_name(unit: Unit) -> bool:
    """True for a Latin name that the knowledge base does not know: Wiz."""
    return (
        unit.kind == "noun"
        and unit.word[:1].isascii()
        and unit.word[:1].isupper()
        and len(unit.word) > 2
        and not is_agent(unit.word)
    )
