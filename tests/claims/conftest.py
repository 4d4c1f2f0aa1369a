import pytest

from pipeline.extractor import Extractor


@pytest.fixture(scope="session")
def extractor():
    return Extractor()
