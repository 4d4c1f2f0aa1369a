"""How good the rows are: scores against gold posts and reviewed rows, and what changed between two tables."""
