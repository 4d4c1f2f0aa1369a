"""Files and streams → pages: which files, which charset, which form; by content, never by name.

``sources`` lists the files that paths and folders mean, ``read`` reads one of them, ``read_bytes`` reads bytes.
A page that cannot be read comes as a ``Rejection`` that says what to do; nothing raises for what a file holds.
"""

from pipeline.ingest.reading import read, read_bytes
from pipeline.ingest.sources import sources

__all__ = ["read", "read_bytes", "sources"]
