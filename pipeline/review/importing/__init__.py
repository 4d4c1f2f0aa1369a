"""What annotators changed in Label Studio or doccano → decisions of the review."""
