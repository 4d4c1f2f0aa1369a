"""The rooms from language to claims as one spaCy pipeline. Import this lazily: it brings spaCy."""

from typing import Any

from pipeline.startup import import_spacy

import_spacy()  # before anything that imports it in full

import spacy
from spacy.language import Language

from pipeline.claims import factory as claims  # noqa: F401  registers its components
from pipeline.claims.finders import FINDERS
from pipeline.language import tokenizer  # noqa: F401  registers the tokenizer
from pipeline.mentions.factory import register_scanners
from pipeline.records import KINDS
from pipeline.settings import Settings

COMPONENTS = [f"taojin_{name}" for name in (*KINDS, *FINDERS)]


def build(settings: Settings) -> Language:
    """A new pipeline of our components for these settings."""
    scanners = register_scanners(settings)
    config: dict[str, Any] = {"nlp": {"tokenizer": {"@tokenizers": "taojin.jieba.v1", "scanners": scanners}}}
    nlp = spacy.blank("zh", config=config)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
