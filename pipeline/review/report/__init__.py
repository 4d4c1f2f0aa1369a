"""The static report: one HTML file without a server, and its plots as pictures."""
