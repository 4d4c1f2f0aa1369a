"""Metric mentions: the surfaces of the lexicon with the nouns that modify them."""

from bisect import bisect_left, bisect_right
from operator import itemgetter

from pipeline.claims.metrics.lexicon import (
    SHARE_PRICE,
    Metric,
    cue_matcher,
    cue_tuple,
    cues,
    directions,
    metrics,
    suffixes,
)
from pipeline.claims.reading import Reading, Span, once
from pipeline.frozen import frozen, replace

NOUNS = ("n", "x", "z", "j", "b", "g")  # parts of speech (jieba's) of words that can name a thing
POINTER = 3  # characters of the longest pointer: 这几套
PUT_INTO = 30  # characters between the name that money is put into and the metric
START, END = itemgetter(0), itemgetter(1)  # of a word
NO_HEADS = ("heads", "connectors", "sessions")  # lists of words that no metric in front of them modifies
MODIFIER_LIMIT = 14  # characters; a longer chain of nouns is a sentence without punctuation


@frozen
class MetricSpan:
    """A metric where it stands.

    ``start`` includes its modifiers (数据中心业务营收), ``core`` is where the lexicon's surface begins.
    ``owner`` is the noun phrase of 猪肉的价格, a subject where no entity is one.
    """

    start: int
    core: int
    end: int
    metric: Metric
    predicate: str
    owner: Span | None = None

    @classmethod
    def alone(cls, metric: Metric, start: int, end: int | None = None) -> "MetricSpan":
        """A metric without modifiers, under its own name; without ``end`` no word of it stands in the text."""
        return cls(start, start, start if end is None else end, metric, metric.name)

    @property
    def modifier(self) -> Span | None:
        return (self.start, self.core) if self.start < self.core else None


def lower(text: str) -> str:
    """Lower case of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def metrics_in(reading: Reading, sentence: int) -> list[MetricSpan]:
    """The metrics of a sentence, in order."""
    return spot(reading, *reading.sentences[sentence])


@once
def cores_in(reading: Reading, sentence: int) -> list[int]:
    """Where the metrics of a sentence have their surfaces, in order."""
    return sorted(span.core for span in metrics_in(reading, sentence))


def core_within(reading: Reading, start: int, end: int) -> int:
    """The first place behind ``start`` and before ``end`` where a metric's surface begins, -1 where there is none."""
    cores = cores_in(reading, reading.sentence_at(start))
    at = bisect_left(cores, start)
    return cores[at] if at < len(cores) and cores[at] < end else -1


@once
def spot(reading: Reading, start: int, end: int) -> list[MetricSpan]:
    """The metrics of ``start:end``, in order."""
    text = lower(reading.bare[start:end])
    every = [(left + start, right + start, metric) for left, right, metric in metrics().every(text)]
    if not every and suffixes().keys().isdisjoint(text):
        return []
    words = reading.tagged(start, end)
    traps = [(left + start, right + start) for left, right, _ in cue_matcher("pseudo").find(text)]
    every = [m for m in every if not any(left <= m[0] and m[1] <= right for left, right in traps)]
    matches = outermost(
        [m for m in every if m[1] - m[0] > 2 or not inside_word(words, *m[:2]) or with_verb(words, *m[:2])]
    )
    matches = sorted([*matches, *by_suffix(reading, words, matches)], key=lambda m: m[0])
    found = []
    ahead = cues()["ahead_only"]
    for left, right, metric in matches:
        if modifies(words, right) or (metric.name in ahead and reading.bare.endswith(cue_tuple("closings"), 0, left)):
            continue
        if reading.masked[left].isascii() and not stands_alone(reading, left, right):
            continue
        span = with_modifiers(reading, left, right, metric, words)
        if span.modifier and "forecast" in metric.takes and not known(reading.folded[slice(*span.modifier)]):
            continue  # 重整预期: what is expected is no figure
        found.append(span)
    return compounds(reading, found)


def outermost(matches: list[tuple[int, int, Metric]]) -> list[tuple[int, int, Metric]]:
    """Of surfaces that overlap the leftmost and longest."""
    found: list[tuple[int, int, Metric]] = []
    for match in sorted(matches, key=lambda m: (m[0], -m[1])):
        if not found or found[-1][1] <= match[0]:
            found.append(match)
    return found


def by_suffix(
    reading: Reading, words: list[tuple[int, int, str, str]], matches: list[tuple[int, int, Metric]]
) -> list[tuple[int, int, Metric]]:
    """Nouns that the lexicon lacks, whose last character says what they measure: 丢包率, 官方价, 保养费."""
    taken = {at for left, right, _ in matches for at in range(left, right)}
    found = []
    table, kinds = cues(), suffixes()
    for left, right, word, part in words:
        suffix = kinds.get(word[-2:]) or kinds.get(word[-1:])
        if suffix is None or right - left < 2 or word in table["not_metrics"]:
            continue
        if part not in table["modifier_tags"] and (part != "x" or (left, right) in reading.spans):
            continue
        if any(at in taken for at in range(left, right)) or reading.bare[left:right].count("\0"):
            continue
        found.append((left, right, replace(suffix, name=word)))
    return found


def compounds(reading: Reading, spans: list[MetricSpan]) -> list[MetricSpan]:
    """Metrics that touch are one, of the kind of the last: 贷款余额增速, 现金分红比例."""
    found: list[MetricSpan] = []
    for span in spans:
        last = found[-1] if found else None
        if last is not None and last.end == span.core and last.metric.role == span.metric.role == "noun":
            found.pop()
            name = " ".join(reading.text[last.start : span.end].split())
            if last.metric.name == SHARE_PRICE.name and reading.folded[span.core : span.end] in cues()["quotations"]:
                name = last.predicate  # 股价收市报
            takes = span.metric.takes - {"change_up"} if "rate" in span.metric.takes else span.metric.takes
            metric = replace(span.metric, takes=takes, of=span.metric.of or last.metric.of)  # 营收增速20% is a level
            span = MetricSpan(last.start, span.core, span.end, metric, name, last.owner)
        found.append(span)
    return found


def inside_word(words: list[tuple[int, int, str, str]], start: int, end: int) -> bool:
    """True where a surface is only a part of a word of the dictionary (投资 in 投资者), and not its head (汽车产量)."""
    holding = words[bisect_right(words, start, key=END) : bisect_left(words, end, key=START)]
    return any((b > end or (a < start and part[0] != "n")) and part != "x" for a, b, _, part in holding)


def with_verb(words: list[tuple[int, int, str, str]], start: int, end: int) -> bool:
    """True where the dictionary has the metric and the verb of its move for one word: 价格下降, 成本上升."""
    at = bisect_right(words, start, key=START) - 1
    if at < 0 or words[at][1] <= end:
        return False
    rest = words[at][2][end - words[at][0] :]
    if rest in cues()["more"] | cues()["less"]:
        return True  # 价格低, 成本高
    return any(left == 0 and right == len(rest) for left, right, _ in directions().find(rest))


def modifies(words: list[tuple[int, int, str, str]], end: int) -> bool:
    """True for a metric in front of another noun, which it only modifies: 消费篮子."""
    at = bisect_left(words, end, key=START)
    if at == len(words) or words[at][0] != end:
        return False
    _, _, word, part = words[at]
    if part not in ("n", "nz", "vn") or len(word) < 2:
        return False
    return not any(word in cues()[name] for name in NO_HEADS) and not known(word)


def known(word: str) -> bool:
    """True where a word holds a metric or a direction of its own."""
    return bool(metrics().find(lower(word)) or directions().find(word))


def stands_alone(reading: Reading, start: int, end: int) -> bool:
    """True where no Latin letter or digit touches the Latin ends of a surface, other than its value's (EPS2.5元)."""
    text = reading.folded

    def latin(at: int) -> bool:
        return 0 <= at < len(text) and text[at].isascii() and text[at].isalnum()

    if latin(start - 1):
        return False
    return not (latin(end - 1) and latin(end)) or (text[end].isdigit() and reading.starts_amount(end))


def with_modifiers(
    reading: Reading, left: int, right: int, metric: Metric, words: list[tuple[int, int, str, str]]
) -> MetricSpan:
    start = left
    if metric.role == "noun":
        at = bisect_right(words, left, key=END)  # the word that holds the surface's first character
        compound = min(words[at][0], left) if at < len(words) and words[at][1] <= right else left
        if reading.masked[compound:left] in cues()["shares"]:  # 占营收 is no noun, whatever the dictionary makes of it
            compound = left
        start = noun_chain(reading, compound, words, headed=True)
        start = behind_pointed(reading, start, left)
        if start < left and put_into(reading, start):  # 向Uber的业务投资10亿: the business is not the metric's
            start = left
    # With modifiers the name is as written (数据中心业务营收), alone it is the canonical one (收入 → 营收).
    name = metric.name if start == left else " ".join(reading.text[start:right].split())
    owner = None
    if start > 0 and reading.masked[start - 1] == "的":
        begin = noun_chain(reading, start - 1, words)
        owner = (begin, start - 1) if begin < start - 1 else None
    return MetricSpan(start, left, right, metric, name, owner)


def behind_pointed(reading: Reading, start: int, core: int) -> int:
    """Where a metric's modifiers begin that does not own the thing pointed at in front of it: 这条隧道|全长."""
    first = max(0, start - POINTER)
    if cues()["pointing"].isdisjoint(reading.masked[first:start]):
        return start
    ends = (pointed_end(reading, at) for at in range(first, start))
    return next((end for end in ends if start < end <= core), start)


def pointed_end(reading: Reading, start: int) -> int:
    """Where a phrase that points at a thing ends: 这条|隧道, 该|桥; -1 where none begins at ``start``."""
    if reading.masked[start : start + 1] not in cues()["pointing"]:
        return -1
    at = start + 1 + reading.masked.startswith("一", start + 1)
    at += reading.masked[at : at + 1] in cues()["classifiers"]
    for left, right, _, part in reading.tagged(at, at + 1):
        noun = reading.masked[at:right]
        if left <= at < right and part.startswith(NOUNS) and not noun.endswith(cue_tuple("no_things")):
            return right
    return -1


def put_into(reading: Reading, start: int) -> bool:
    """True where the nouns at ``start`` belong to what a preposition names: 对Uber的自动驾驶部门|投资."""
    before = reading.entities_in(max(0, start - PUT_INTO), start)
    if not before or any(mark in reading.folded[before[-1].end : start] for mark in "，,。；;\n"):
        return False
    return reading.masked.endswith(cue_tuple("put_into"), 0, before[-1].start)


def noun_chain(reading: Reading, end: int, words: list[tuple[int, int, str, str]], headed: bool = False) -> int:
    """Where the chain of nouns that ends at ``end`` begins; ``end`` itself where there is none.

    ``headed`` is True where a noun follows, so that one character may modify it (云业务).
    """
    table = cues()
    begin = end
    for at in range(bisect_right(words, end, key=END) - 1, -1, -1):
        left, right, word, part = words[at]
        if not word.strip():
            continue
        if reading.masked[right:begin].strip(" ") or (left, right) in reading.spans or end - left > MODIFIER_LIMIT:
            break
        if right < begin < end and not word.isascii() and not reading.masked[begin].isascii():
            break  # between Chinese words a blank is a comma: 公布业绩 净利90万
        latin = word.isascii() and word.replace("-", "").isalnum() and not word[0].isdigit()
        ordinal = part == "m" and word.startswith("第") and begin < end  # 第一产业
        kind = ordinal or word in table["grades"]
        if not (latin or kind or (part in table["modifier_tags"] and not word.isascii())):
            break
        if len(word) == 1 and (part[0] != "n" or (begin == end and not headed)) and not kind:
            break
        if (
            word in table["persons"]
            or word in table["general"]
            or word in table["pronouns"]
            or word in table["connectors"]
        ):
            break
        begin = left
    first = bisect_left(words, begin, key=START)
    return words[first][1] if begin < end and words[first][2] in table["grades"] else begin
