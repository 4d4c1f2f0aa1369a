"""What verdicts teach: cases that ``taojin evaluate`` runs, and proposals for the user's own lexicons."""
