"""Who a stretch of text is attributed to: frames of reported speech, and how far they reach."""

from pipeline.claims.attribution.frames import attributions, attributions_near
from pipeline.claims.attribution.record import Attribution

__all__ = ["Attribution", "attributions", "attributions_near"]
