"""Post in, mentions and claims out: the rooms from language to claims as one spaCy pipeline.

Import this lazily: it brings spaCy.
"""

from dataclasses import dataclass
from typing import Any, cast

from pipeline.startup import import_spacy

import_spacy()  # before anything that imports it in full

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.claims import factory as claims  # noqa: F401  registers its components
from pipeline.claims.factory import claims_of
from pipeline.language.tokenizer import JiebaTokenizer
from pipeline.lexicons import using
from pipeline.mentions.factory import KINDS, read_groups, register_scanners
from pipeline.records import Claim, Mention, Post
from pipeline.settings import Settings

COMPONENTS = (*(f"taojin_{kind}" for kind in KINDS), "taojin_metrics", "taojin_statements", "taojin_events")


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one post; ``sentences`` are spans of its text."""

    post: Post
    sentences: list[tuple[int, int]]
    mentions: list[Mention]
    claims: list[Claim]


def build_nlp(settings: Settings | None = None) -> Language:
    """The spaCy pipeline; add components of your own between ours with ``nlp.add_pipe(…, before=…)``.

    Example:
        >>> doc = build_nlp()("公司三季度营收31亿美元，同比增长94%。")
        >>> [span.text for span in doc.spans["money"]]
        ['31亿美元']
    """
    settings = settings or Settings()
    scanners = register_scanners(settings)
    config: dict[str, Any] = {"nlp": {"tokenizer": {"@tokenizers": "taojin.jieba.v1", "scanners": scanners}}}
    nlp = spacy.blank("zh", config=config)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


class Extractor:
    """Extracts posts one by one; build it once a process."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.nlp = build_nlp(self.settings)
        self.tokenizer = cast(JiebaTokenizer, self.nlp.tokenizer)

    def doc(self, post: Post) -> Doc:
        """The post's Doc after all components."""
        with using(self.settings.lexicons):
            return self.nlp(self.tokenizer.from_post(post))

    def extract(self, post: Post) -> Extraction:
        """What the post says; pure in the post and the settings."""
        doc = self.doc(post)
        return Extraction(post, doc.user_data["draft"].sentences, read_groups(doc), claims_of(doc))
