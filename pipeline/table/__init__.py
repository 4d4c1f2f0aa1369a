"""Records → rows: the schema, ids, checks, formats, and the reviewer's decisions."""
