"""Event claims: investment, takeovers, lawsuits and the other events of the contract's closed list."""

from pipeline.claims.events.finder import find_events

__all__ = ["find_events"]
