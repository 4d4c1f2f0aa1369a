"""What all tests share."""

from hypothesis import settings

settings.register_profile("taojin", deadline=None)  # no test is about time; a busy machine is no fault
settings.load_profile("taojin")
