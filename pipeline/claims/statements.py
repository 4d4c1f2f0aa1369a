"""Statement claims: who says, thinks, warns or denies what."""

import re

from pipeline.claims.attribution import Attribution, attributions
from pipeline.claims.certainty.lexicon import lexicon, strongest
from pipeline.claims.certainty.scopes import Scope, holds, scopes
from pipeline.claims.reading import Reading, once
from pipeline.records import Claim


def find_statements(reading: Reading) -> list[Claim]:
    """One claim for each attribution that somebody speaks.

    ``subject`` and ``source`` are the speaker, ``predicate`` the reporting verb and ``object`` the content clause as
    the post writes them. Documents and data (财报显示) and the author's own 我认为 give no claim.

    Example:
        黄仁勋坦言，库存仍然偏高。 → 黄仁勋 坦言 库存仍然偏高, certainty ``reported``.
    """
    return [claim(reading, a) for a in attributions(reading) if a.kind == "statement" and a.speaker]


def claim(reading: Reading, said: Attribution) -> Claim:
    text = reading.text
    end = said.end
    return Claim(
        label="statement",
        start=said.start,
        end=end,
        rule=f"claim.statement.{said.rule}",
        subject=said.speaker,
        predicate=text[slice(*said.verb)],
        object="".join(text[start:stop] for start, stop in said.contents).strip(),
        certainty=of_content(reading, said),
        source=said.speaker,
        parts=tuple(m for m in reading.entities_in(said.start, end) if m == said.mention),
        inferred=("subject",) if said.inferred else (),
    )


def of_content(reading: Reading, said: Attribution) -> str:
    """The certainty of what somebody says: the verb's own, else that of the content's clauses, else ``reported``.

    The first main clause decides, where half of them are marked at least; a clause of concession (尽管…) is none.
    """
    if said.verb_class != "reported":
        return said.verb_class
    found = [clause_certainty(reading, said, *clause) for clause in main_clauses(reading, said)]
    if found[0] == "question":
        return "question"
    marked = [name for name in found if name != "reported"]
    if len(marked) * 2 < len(found):
        return "reported"
    return found[0] if found[0] != "reported" else strongest([*marked, "reported"])


def main_clauses(reading: Reading, said: Attribution) -> list[tuple[int, int]]:
    concessions = tuple(lexicon()["concessions"])
    found: list[tuple[int, int]] = []
    for start, end in said.contents:
        at = start
        for match in re.finditer(r"[，,；;。！？!?\n：:]+|\Z", reading.folded[start:end]):
            piece = reading.folded[at : start + match.start()].strip("“”「」『』 ")
            if len(piece) > 2 and not piece.startswith(concessions):
                found.append((at, start + match.end()))
            at = start + match.end()
    return found or list(said.contents)


def clause_certainty(reading: Reading, said: Attribution, start: int, end: int) -> str:
    """The certainty of one clause of a content, by the cues inside the content."""
    begin = said.content_start
    inside = [
        s.cue.certainty
        for s in holding(reading, start, end)
        if s.start + len(s.word) > begin or s.cue.direction == "backward"  # 宣布|将 reaches into it
    ]
    return strongest([*inside, "reported"])


@once
def holding(reading: Reading, start: int, end: int) -> list[Scope]:
    """The scopes that hold a clause, whoever says it: in a chain of frames each content has those behind it."""
    found = scopes(reading, reading.sentence_at(start))
    return [s for s in found if s.cue.scope != "phrase" and holds(reading, s, start, end, "statement")]
