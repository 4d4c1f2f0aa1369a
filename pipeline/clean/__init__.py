"""Pages → posts: the author's words alone, with who, when and where.

One module for each template (``thread`` for desktop and touch, ``archiver``, ``printable``, ``feed``, ``api``,
``dump``); what tells the forum's words from the author's is data, in ``markers.toml``.
"""

from pipeline.clean.cleaning import clean, explain
from pipeline.clean.places import places

__all__ = ["clean", "explain", "places"]
