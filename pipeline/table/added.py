"""Rows that a reviewer adds: made from a selection of a post's text, found again when the post has changed."""

from collections.abc import Mapping, Sequence

from pipeline.errors import TableError
from pipeline.table.check import check_extraction
from pipeline.table.rows import EMPTY, identity_of, row_id, sentence_of
from pipeline.table.safety import trimmed, without_formula
from pipeline.table.schema import ADDED_RULE, BY_NAME, Row
from pipeline.table.verdicts import Event


def added_row(
    post_id: str,
    text: str,
    span: tuple[int, int],
    cells: Mapping[str, str],
    sentences: Sequence[tuple[int, int]] = (),
) -> Row:
    """The row of a selection; ``cells`` holds kind, label and the correctable columns.

    Its ``row_id`` is the one that the same finding of a rule has, so that a rule that learns to find it takes over.

    Raises:
        TableError: the row breaks the contract; the message says how.
    """
    start, end = trimmed(text, max(0, span[0]), min(len(text), span[1]))
    if start >= end:
        raise TableError("nothing is selected")
    row = {**EMPTY, "post_id": post_id, "kind": cells.get("kind", ""), "rule": ADDED_RULE}
    for name, column in BY_NAME.items():
        if column.correctable and cells.get(name):
            row[name] = without_formula(cells[name])
    if row["kind"] == "claim":
        row["certainty"] = row["certainty"] or "asserted"
    if not row["qualifier"] and row["value_min"] and row["value_max"]:
        row["qualifier"] = "exact" if row["value_min"] == row["value_max"] else "range"
    row["text"], row["start"], row["end"] = text[start:end], str(start), str(end)
    row["sentence"] = sentence_of(text, start, end, sentences)
    if row["kind"] not in BY_NAME["kind"].allowed:
        raise TableError(f"kind {row['kind']!r} is none of {', '.join(BY_NAME['kind'].allowed)}")
    row["row_id"] = row_id(identity_of(row, text))
    check_extraction(row, text)
    return row


def placed(event: Event, text: str) -> Row | None:
    """The added row where it stands in the post's text now; None where it stands nowhere.

    It stands where the text before and behind it is the same; else where its words are, if they are there once.
    """
    row = event.cells
    words = row["text"]
    if not words:
        return None
    before, after = event.anchor or ("", "")
    old = int(row["start"] or 0)
    spots = _spots(text, words)
    exact = [at for at in spots if text.endswith(before, 0, at) and text.startswith(after, at + len(words))]
    if exact:
        at = min(exact, key=lambda spot: abs(spot - old))
    elif len(spots) == 1:
        at = spots[0]
    else:
        return None
    row["start"], row["end"] = str(at), str(at + len(words))
    if at != old or row["sentence"] not in text:
        left = text.find(row["sentence"], max(0, at + len(words) - len(row["sentence"])), at + len(row["sentence"]))
        row["sentence"] = row["sentence"] if left >= 0 else sentence_of(text, at, at + len(words), ())
    try:
        check_extraction(row, text)
    except TableError:
        return None
    return row


def _spots(text: str, words: str) -> list[int]:
    spots, at = [], text.find(words)
    while at >= 0:
        spots.append(at)
        at = text.find(words, at + 1)
    return spots
