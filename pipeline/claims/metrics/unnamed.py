"""Values whose metric is not named by a word of the lexicon: prices, moves of prices, people counted, other heads."""

import re

from pipeline.claims.attribution.lexicon import verbs
from pipeline.claims.metrics.fitting import Link, as_written, before_cost, before_rate, copula, uncovered, unexplained
from pipeline.claims.metrics.lexicon import (
    INDEX,
    PRICE,
    PRICE_MOVE,
    SHARE_PRICE,
    Metric,
    cue_matcher,
    cue_tuple,
    cues,
    directions,
    metrics,
    session_matcher,
    unit_metrics,
)
from pipeline.claims.metrics.lists import EVERYDAY, in_list
from pipeline.claims.metrics.repeats import is_goal
from pipeline.claims.metrics.roles import is_index, is_institute, subjects_in
from pipeline.claims.metrics.spot import MetricSpan, noun_chain
from pipeline.claims.metrics.things import behind_one, heads_thing, names_thing, noun_before
from pipeline.claims.phrases import Unit, is_agent, is_person, units
from pipeline.claims.reading import Clause, Reading
from pipeline.lexicons import cached
from pipeline.lexicons.trie import trie
from pipeline.records import Mention

PASSED = frozenset({"adverb", "aux", "conj", "amount", "time", "mark", "prep"})  # between a verb and its value
VERSION = 16  # characters of a version's name
QUOTE = 30  # characters of a quotation: (17.24,0.23,1.35%)
QUOTATION = re.compile(r"\([\d.]+[,，]\s*[+-]?[\d.]+[,，]\s*[+-]?[\d.]+%\)")
MUCH = 1000
MOVE = 4  # characters between the verb of a move and its value
SIGNED = 3  # characters between a name and the signed figure of its move


def within(reading: Reading, amount: Mention) -> Link | None:
    """A metric that is written into its value: the PE of 16pe and of 12倍PE."""
    if amount.label != "multiple":
        return None
    found = metrics().ending(reading.folded[amount.start : amount.end].lower(), 0, amount.end - amount.start)
    if found is None or "multiple" not in found[2].takes:
        return None
    left, right, metric = found
    span = MetricSpan.alone(metric, amount.start + left, amount.start + right)
    return Link(span, (amount.start, amount.start), "within")


def priced(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """A price per something, or money beside a product, is its price."""
    if amount.kind != "money":
        return None
    around = reading.entities_in(clause.start, clause.end)
    near = any(
        m.label == "PRODUCT"
        and (
            (0 <= amount.start - m.end <= 4 and is_bare(reading, m.end, amount.start))
            or (m.end <= amount.start and is_version(reading, m.end, amount.start))
            or 0 <= m.start - amount.end <= 2
        )
        for m in around
    )
    near = near or is_version(reading, clause.start, amount.start)  # …，512GB版7999元
    if amount.label != "price" and not near and not share_beside(reading, amount, clause):
        return None
    if not near and amount.unit.rpartition("/")[2] in cues()["times"] and not sold(reading, amount):
        return None  # 一个月12100块: pay, rent, a loan
    metric = PRICE if amount.label == "price" or near else SHARE_PRICE
    span = MetricSpan.alone(metric, amount.start)
    return Link(span, (clause.start, amount.start), "price")


def sold(reading: Reading, amount: Mention) -> bool:
    """True where the sentence names a product before a value, or a name opens the line."""
    start = reading.sentences[reading.sentence_at(amount.start)][0]
    if any(m.label == "PRODUCT" for m in reading.entities_in(start, amount.start)):
        return True
    line = reading.line_of(amount.start)[0]
    names = reading.ends_in(line, amount.start)
    return names is not None and names[0].label == "ORG" and names[0].start == reading.first_letter(line)


def share_beside(reading: Reading, amount: Mention, clause: Clause, bare: bool = True) -> bool:
    """True for the price of a share right behind its company's name: 台积电收246.5元, where ``bare`` 茅台1500元."""
    names = [m for m in reading.entities_in(clause.start, amount.start) if m.label == "ORG"]
    value = amount.value_max or amount.value_min
    if not names or value is None or value > EVERYDAY:
        return False
    if reading.entities_in(names[-1].end, amount.start):
        return False
    between = reading.masked[names[-1].end : amount.start].replace("\0", "").strip(" 约近仅才只")  # 昨天收97元
    return (bare or bool(between)) and between in cues()["quotes"]


@cached
def version() -> re.Pattern[str]:
    """Sizes (256GB, 16+512) and the words of ``versions``, in any order."""
    return re.compile(rf"(?:[ ]?(?:[0-9.+]{{1,8}}[ ]?[GT]?B?|{trie(cues()['versions'])}))+[ ]?")


def is_version(reading: Reading, start: int, end: int) -> bool:
    """True for what only says which of a product's versions is priced: 256GB版, 国行 16+512."""
    rest = reading.masked[start : copula(reading, start, end)]
    return 0 < len(rest) <= VERSION and bool(version().fullmatch(rest))


def is_bare(reading: Reading, start: int, end: int) -> bool:
    """True where a name's price follows: nothing between them but cues, or the storage of iPhone5s32G3000元."""
    return unexplained(reading, start, end) <= 1 or reading.masked[start:end].strip().isascii()


def near_move(reading: Reading, end: int, amount: Mention) -> bool:
    """True for a verb whose ``end`` is set off from its value by how vague that is alone: 升超过4%."""
    return amount.start - end <= MOVE and not unexplained(reading, end, amount.start)


def begins_move(reading: Reading, amount: Mention, clause: Clause, text: str) -> bool:
    """True for 34元 of 从34元涨到47元."""
    if not text.endswith(cue_tuple("from_words")):
        return False
    behind = [m for m in reading.amounts_in(amount.end, clause.end) if reading.clause_at(m.start) == clause]
    return bool(behind) and behind[0].kind == "money" and is_goal(reading, amount, behind[0])


def passes(reading: Reading, amount: Mention, clause: Clause, subjects: list[Mention], text: str) -> bool:
    """True for 180美元 of 英伟达一度跌破180美元: what a share has come to; ``text`` is the clause up to the value."""
    low = amount.value_min or amount.value_max
    if amount.kind != "money" or low is None or low > EVERYDAY:
        return False
    found = cue_matcher("breaks").ending(text, 0, len(text))
    if found is None:
        return False
    firms = [m for m in subjects if m.label == "ORG"]
    return bool(firms) and not uncovered(reading, firms[-1].end, clause.start + found[0], session_matcher())


def everyday(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """A small sum right behind a noun that opens its clause is the noun's price: 毛肚68元, 三金5万."""
    if amount.kind != "money" or amount.value_max is None or amount.value_max > EVERYDAY:
        return None
    at = before_cost(reading, clause.start, amount.start)
    start = behind_one(reading, clause.start, at)
    noun = noun_before(reading, at, start)
    if is_person(noun):
        return None  # 老板要500块
    if not noun or noun != reading.text[start:at].strip(" :：>\n，、") or noun[0] in cues()["determiners"]:
        return None
    span = MetricSpan.alone(PRICE, amount.start)
    return Link(span, (clause.start, amount.start), "price")


def indexed(reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan]) -> Link | None:
    """Points, which only an index has (恒指升逾500点, 收市报22229点), or what is drawn in them (5日均线10885点)."""
    if amount.unit not in cues()["index_units"]:
        return None
    drawn = [s for s in spans if s.end == amount.start and "index" in s.metric.takes and s.metric.role == "noun"]
    if drawn:
        return Link(drawn[-1], (amount.start, amount.start), "left")
    span = MetricSpan.alone(INDEX, amount.start)
    before = reading.amounts_in(clause.start, amount.start)  # 道指涨0.6%报41563点: the move is the percentage's
    reports = bool(before) and bool(cue_matcher("quotes").find(reading.masked[before[-1].end : amount.start]))
    return Link(span, (before[-1].end if reports else clause.start, amount.start), "moved")


def another(reading: Reading, amount: Mention, clause: Clause, spans: list[MetricSpan]) -> Link | None:
    """The price or move of something else than the clause before was about: 大盘跌了1%，比特币跌了3%，茅台收1500元."""
    named = any(clause.start <= span.core < amount.start for span in spans)
    if named or not subjects_in(reading, clause.start, amount.start):
        return None
    closed = amount.kind == "money" and share_beside(reading, amount, clause, bare=False)
    return priced(reading, amount, clause) if closed else moved(reading, amount, clause)


def moved(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """A price that moves without being named: 英伟达大涨5%, 纳指 -1.2%."""
    if amount.kind not in ("money", "percent") or amount.label == "multiple":
        return None
    subjects = [m for m in subjects_in(reading, clause.start, amount.start) if not is_institute(m)]
    of_thing = bool(subjects) and heads_thing(reading, subjects[-1], clause.start, amount.start)
    if subjects and subjects[-1].label == "GPE" and not of_thing:
        return None  # 上海涨了0.1%: a place has no price of its own
    text = reading.masked[clause.start : amount.start].rstrip(" 了约近超逾+-")
    if amount.unit == "%" and text.endswith(("至", "到")):
        return None  # 8月升至6.5%: no price is a percentage
    verbs = cue_matcher("price_moves").find(text)
    verb = bool(verbs) and (len(text) - verbs[-1][1] <= 1 or near_move(reading, clause.start + verbs[-1][1], amount))
    verb = verb or begins_move(reading, amount, clause, text)
    passed = passes(reading, amount, clause, subjects, before_rate(text))
    verb = verb or passed
    signed = bool(amount.direction and subjects) and amount.start - subjects[-1].end <= SIGNED
    board = signed_noun(reading, amount, clause) if not verb and not signed else ""
    if not verb and not signed and not board:
        return None
    metric = SHARE_PRICE
    if board:
        metric = INDEX if board.endswith(cue_tuple("boards")) else PRICE_MOVE
    elif of_thing or (verbs and verbs[-1][2].endswith("价")):  # 会员下月涨价10%
        metric = PRICE_MOVE
    elif passed:
        metric = SHARE_PRICE
    elif not verbs and not signed and subjects and subjects[-1].label == "ORG" and amount.start - subjects[-1].end > 2:
        metric = PRICE_MOVE  # 爱奇艺会员从19元上调至25元
    elif subjects and subjects[-1].label == "PRODUCT":
        metric = INDEX if is_index(subjects[-1]) else PRICE_MOVE
    span = MetricSpan.alone(metric, amount.start)
    return Link(span, (clause.start, amount.start), "moved")


def signed_noun(reading: Reading, amount: Mention, clause: Clause) -> str:
    """The noun that is all of a clause before a signed percentage: 半导体板块+2.69%."""
    if not amount.direction or amount.unit != "%":
        return ""
    end = amount.start
    while end > clause.start and not reading.folded[end - 1].isalnum():
        end -= 1
    noun = noun_before(reading, end, clause.start)
    return noun if noun and noun == reading.text[clause.start : end].strip(" :：>\n，、") else ""


def told(reading: Reading, amount: Mention, clause: Clause) -> Link | None:
    """A metric that only a word beside the value tells: a noun (内屏7.8英寸), a verb (出场192次), its unit (18岁)."""
    if clause.aside:
        return None
    found = beside(reading, amount, clause)
    last = found[-1] if found else None
    if last is not None and len(last.word) > 1:
        if last.kind == "verb":
            return verbal(reading, amount, last, last.end)
        acts = len(found) > 1 and found[-2].tag.startswith("v") and found[-2].end == last.start
        if acts and last.kind in ("noun", "entity"):  # 出口钢材782.7万吨, 买超台积电8213张
            return verbal(reading, amount, found[-2], last.end if last.kind == "noun" else found[-2].end)
        if "、" in reading.masked[last.end : amount.start]:
            return None  # 32GB内存、1TB硬盘: the noun is of the value before
        begin = noun_chain(reading, last.end, reading.tagged(clause.start, last.end))
        name = reading.text[begin : last.end].strip()
        named = last.kind == "noun" and names_thing(reading, begin, last.end) and not is_agent(name)
        if begin == reading.first_letter(reading.line_of(begin)[0]) and in_list(reading, amount):
            return None  # 荣耀 31万台: a name of a list
        named = named and not any(char.isdigit() for char in name)  # DDR5 16Gb
        if amount.kind == "quantity" and named and not cue_matcher("scopes").find(name):
            metric = Metric(name, frozenset({"count"}), "noun")
            return Link(MetricSpan.alone(metric, begin, last.end), (last.end, amount.start), "noun")
    by_unit = unit_metrics().get(amount.unit)
    if by_unit is None:
        return None
    much = amount.value_min is not None and amount.value_min >= MUCH
    if amount.unit in cues()["daily_units"] and last is not None and last.kind == "verb" and not much:
        return None  # 我骑了10公里
    span = MetricSpan.alone(by_unit, amount.start)
    return Link(span, (clause.start, amount.start), "unit")


def beside(reading: Reading, amount: Mention, clause: Clause) -> list[Unit]:
    """The words of a clause up to the one that touches a value; empty for values that such a word tells nothing of."""
    if amount.label in ("duration", "multiple", "price") or amount.unit == "pp":
        return []
    found = units(reading, clause.start, amount.start)
    while found and (found[-1].kind in PASSED or found[-1].word in cues()["connectors"]):
        found.pop()
    return found


def verbal(reading: Reading, amount: Mention, verb: Unit, end: int) -> Link | None:
    """The verb whose object a value is, as the metric: 出场192次, 付出263亿美元; ``end`` is that of its noun."""
    if len(verb.word) < 2 or verb.word in cues()["plain_verbs"] or verb.word in verbs() or directions().find(verb.word):
        return None
    name = reading.text[verb.start : end]
    if directions().find(reading.folded[verb.start : end]) or reading.masked.startswith("的", amount.end):
        return None  # 抛出80亿元的方案
    metric = as_written(name, amount)
    return Link(MetricSpan.alone(metric, verb.start, end), (end, amount.start), "verb")


def quoted(reading: Reading, amount: Mention) -> Link | None:
    """The move of a quotation in brackets behind a share's name: 招商证券(17.24,0.23,1.35%)."""
    opened = reading.folded.rfind("(", max(0, amount.start - QUOTE), amount.start) if amount.unit == "%" else -1
    if opened < 0 or not QUOTATION.fullmatch(reading.folded, opened, amount.end + 1):
        return None
    way = "up" if "-" not in reading.folded[opened : amount.start] else "down"
    metric = Metric(SHARE_PRICE.name, frozenset({f"change_{way}"}), "noun")
    span = MetricSpan.alone(metric, opened + 1)
    return Link(span, (amount.start, amount.start), "aside")
