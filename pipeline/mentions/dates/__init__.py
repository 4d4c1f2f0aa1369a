"""Dates and periods of a post, normalized against the day it was written."""

from pipeline.mentions.dates.find import find_dates

__all__ = ["find_dates"]
