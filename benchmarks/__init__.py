"""Timings as ratios, and scores where the measured data is at hand. Run with ``make bench``."""
