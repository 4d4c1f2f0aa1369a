"""Words that a gesture leads to: 老王气得一拍大腿：“…”"""

import re
from collections.abc import Iterator

from pipeline.claims.attribution.content import content_after
from pipeline.claims.attribution.record import Attribution
from pipeline.claims.attribution.scene import Scene, made
from pipeline.claims.attribution.speakers import speaker_before
from pipeline.claims.phrases import is_person
from pipeline.lexicons import cached


@cached
def gesture_pattern() -> re.Pattern[str]:
    return re.compile(r"[：:][ \t]*+(?=[“「])")


def gestures(scene: Scene, start: int, end: int) -> Iterator[Attribution]:
    """Somebody, what he does, a colon and a quotation that is nobody else's yet."""
    for match in gesture_pattern().finditer(scene.reading.folded, start, end):
        at = match.start()
        content = content_after(scene.reading, scene.quotes, at, end)
        if content is None or not content.quoted or any(a.content_start == content.start for a in scene.recent):
            continue
        speaker = speaker_before(scene.reading, start, at)
        person = speaker.mention is not None and speaker.mention.label == "PERSON"
        if speaker.rest and (person or (speaker.kind == "agent" and is_person(speaker.name))):
            yield made(scene, "gesture", speaker.start, (at, at + 1), speaker, content, end, "reported")
