"""The tables in the formats of other tools, and back: a module for each tool."""
