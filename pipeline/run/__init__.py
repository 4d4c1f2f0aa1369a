"""Who calls the rooms: the command line's work, one process or a pool, and what is new since the last time."""
