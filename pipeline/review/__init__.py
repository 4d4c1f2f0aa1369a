"""Looking at rows, deciding on them, and what the decisions are good for. See docs/review.md."""
