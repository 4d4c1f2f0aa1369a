"""Precision, recall and F1 of rows against gold posts: by layer, by label, by rule, with every error."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.evaluate.gold import GoldPost, Item
from pipeline.evaluate.matching import LAYERS, MAIN, Layer, Names, matching, same_place
from pipeline.table.schema import Row


@dataclass(slots=True)
class Score:
    """Counts: ``gold`` items and how many were ``hit``, rows ``found`` and how many are ``right``."""

    gold: int = 0
    hit: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else float(not self.found)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, other: "Score") -> None:
        self.gold += other.gold
        self.hit += other.hit
        self.found += other.found
        self.right += other.right


@dataclass(frozen=True, slots=True)
class Fault:
    """One error: an item that was missed (``row`` None), or a row that is wrong (``item`` then is None)."""

    layer: str
    post_id: str
    item: Item | None = None
    row: Row | None = None


@dataclass(slots=True)
class Report:
    """All scores of one evaluation, of all posts together."""

    posts: int = 0
    layers: dict[str, Score] = field(default_factory=dict)
    labels: dict[str, Score] = field(default_factory=dict)
    rules: dict[str, Score] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def evaluate(posts: Sequence[GoldPost], rows: Mapping[str, Sequence[Row]]) -> Report:
    """Score the rows of each post, by ``post_id``."""
    names = Names(posts)
    report = Report(len(posts))
    for post in posts:
        found = rows.get(post.post_id, ())
        for layer in LAYERS:
            _layer(report, post, found, layer, names)
    for scores in (report.labels, report.rules):
        ordered = sorted(scores.items())
        scores.clear()
        scores.update(ordered)
    report.layers = {layer.name: report.layers[layer.name] for layer in LAYERS if layer.name in report.layers}
    return report


def _layer(report: Report, post: GoldPost, found: Sequence[Row], layer: Layer, names: Names) -> None:
    items = [item for item in post.items if layer.holds(item.kind, item.label)]
    if layer.optional and not items and not post.partial:
        return
    rows = [row for row in found if layer.holds(row["kind"], row["label"])]
    pairs = matching(items, rows, lambda item, row: layer.right(item, row, names))
    if post.partial:
        rows, pairs = judged(post, items, rows, pairs, layer, names)
    if not items and not rows:
        return
    score = report.layers.setdefault(layer.name, Score())
    score.add(Score(len(items), len(pairs), len(rows), len(pairs)))
    if layer not in MAIN:
        return
    right = set(pairs.values())
    for place, item in enumerate(items):
        hit = place in pairs
        rule = rows[pairs[place]]["rule"] if hit else item.rule
        for scores, key in ((report.labels, f"{item.kind}.{item.label}"), (report.rules, rule)):
            if key:
                scores.setdefault(key, Score()).add(Score(gold=1, hit=int(hit)))
        if not hit:
            report.faults.append(Fault(layer.name, post.post_id, item=item))
    for place, row in enumerate(rows):
        for scores, key in ((report.labels, f"{row['kind']}.{row['label']}"), (report.rules, row["rule"])):
            scores.setdefault(key, Score()).add(Score(found=1, right=int(place in right)))
        if place not in right:
            report.faults.append(Fault(layer.name, post.post_id, row=row))


def judged(
    post: GoldPost,
    items: Sequence[Item],
    rows: Sequence[Row],
    pairs: dict[int, int],
    layer: Layer,
    names: Names,
) -> tuple[list[Row], dict[int, int]]:
    """Of a partial post the rows that its items judge: right, declared wrong, or in the place of a missed one."""
    wrong = [item for item in post.wrong if layer.holds(item.kind, item.label)]
    missed = [item for place, item in enumerate(items) if place not in pairs and item.start >= 0]
    right = set(pairs.values())
    kept = [
        place
        for place, row in enumerate(rows)
        if place in right
        or any(layer.right(item, row, names) for item in wrong)
        or any(same_place(item, row) for item in missed)
    ]
    moved = {place: number for number, place in enumerate(kept)}
    return [rows[place] for place in kept], {item: moved[place] for item, place in pairs.items()}


def lines(report: Report) -> Iterator[str]:
    """The scores as tables of text."""
    yield f"{report.posts:,} post{'' if report.posts == 1 else 's'}"
    for title, scores in (("layer", report.layers), ("label", report.labels), ("rule", report.rules)):
        if scores:
            yield ""
            yield from table(title, scores.items())


def table(title: str, scores: Iterable[tuple[str, Score]]) -> Iterator[str]:
    known = list(scores)
    width = max(len(title), *(len(name) for name, _ in known)) + 2
    yield f"{title:{width}}{'gold':>7}{'found':>7}{'hit':>7}{'P':>8}{'R':>8}{'F1':>8}"
    for name, s in known:
        whole = f"{s.precision:8.3f}{s.recall:8.3f}{s.f1:8.3f}" if s.gold else f"{s.precision:8.3f}{'–':>8}{'–':>8}"
        yield f"{name:{width}}{s.gold:7,}{s.found:7,}{s.hit:7,}{whole}"


SHOWN = ("text", "value_min", "value_max", "unit", "period", "name", "subject", "predicate", "object", "measure")
SHOWN_MORE = ("direction", "comparison", "certainty", "rule")


def fault_lines(faults: Iterable[Fault]) -> Iterator[str]:
    """Every error in a line: ``-`` is missed, ``+`` is wrong."""
    for fault in faults:
        if fault.item is not None:
            yield f"- {fault.layer} {fault.post_id} {fault.item}"
        elif fault.row is not None:
            row = fault.row
            cells = " ".join(f"{name}={row[name]}" for name in SHOWN[1:] + SHOWN_MORE if row[name])
            yield f"+ {fault.layer} {fault.post_id} {row['text']!r} {cells}"
