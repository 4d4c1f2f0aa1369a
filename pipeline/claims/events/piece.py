"""A trigger in its stretch of clause, and what a pattern finds there."""

from dataclasses import dataclass

from pipeline.claims.events.arguments import Argument
from pipeline.claims.events.lexicon import EventType, Trigger
from pipeline.claims.phrases import Unit
from pipeline.claims.reading import Reading


@dataclass(frozen=True, slots=True)
class Piece:
    """A trigger in its stretch of clause: the units and chunks on both sides."""

    reading: Reading
    trigger: Trigger
    left: list[Unit]
    right: list[Unit]

    @property
    def kind(self) -> EventType:
        return self.trigger.type


@dataclass(frozen=True, slots=True)
class Found:
    """An event's arguments, and the pattern that told them."""

    rule: str
    subject: Argument
    object: Argument | None
