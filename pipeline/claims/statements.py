"""Statement claims: who says, thinks, warns or denies what."""

from pipeline.claims.attribution import Attribution, attributions
from pipeline.claims.certainty import of_content
from pipeline.claims.reading import Reading
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
