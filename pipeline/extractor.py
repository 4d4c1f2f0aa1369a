"""Post in, mentions and claims out: the rooms from language to claims."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from pipeline.claims.finders import find_claims
from pipeline.claims.reading import Reading
from pipeline.language.draft import Draft
from pipeline.lexicons import using
from pipeline.mentions.scanners import scanners
from pipeline.records import KINDS, Claim, Mention, Post
from pipeline.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from pipeline.language.tokenizer import JiebaTokenizer

RANK = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one post; ``sentences`` are spans of its text."""

    post: Post
    sentences: list[tuple[int, int]]
    mentions: list[Mention]
    claims: list[Claim]


def build_nlp(settings: Settings | None = None) -> "Language":
    """The spaCy pipeline; add components of your own between ours with ``nlp.add_pipe(…, before=…)``.

    Example:
        >>> doc = build_nlp()("公司三季度营收31亿美元，同比增长94%。")
        >>> [span.text for span in doc.spans["money"]]
        ['31亿美元']
    """
    from pipeline.nlp import build

    return build(settings or Settings())


def parts_of(nlp: "Language") -> list[Any]:
    """What a pipeline is made of, for telling whether somebody changed it."""
    return [nlp.tokenizer, *nlp.pipeline]


class Extractor:
    """Extracts posts one by one; build it once a process.

    ``nlp`` is the spaCy pipeline, made when it is first asked for. As long as nobody adds to it or takes away from
    it, ``extract`` runs the same scanners and finders without it: a Doc costs more than a rule.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.scanners = scanners(self.settings)

    @cached_property
    def nlp(self) -> "Language":
        nlp = build_nlp(self.settings)
        self.shipped = parts_of(nlp)
        return nlp

    def doc(self, post: Post) -> "Doc":
        """The post's Doc after all components."""
        with using(self.settings.lexicons):
            nlp, tokenizer = self.nlp, cast("JiebaTokenizer", self.nlp.tokenizer)
            return nlp(tokenizer.from_post(post))

    def extract(self, post: Post) -> Extraction:
        """What the post says; pure in the post, the settings, and what was added to ``nlp``."""
        if self._altered():
            return self._from_doc(post)
        with using(self.settings.lexicons):
            draft = Draft(post)
            draft.scan(self.scanners)
            mentions = sorted(draft.mentions, key=lambda m: (m.start, m.end, RANK[m.kind]))
            return Extraction(post, draft.sentences, mentions, find_claims(Reading(draft, mentions)))

    def _altered(self) -> bool:
        """True where ``nlp`` was made and somebody has changed it since."""
        return "nlp" in self.__dict__ and parts_of(self.nlp) != self.shipped

    def _from_doc(self, post: Post) -> Extraction:
        from pipeline.claims.factory import claims_of
        from pipeline.mentions.factory import read_groups

        doc = self.doc(post)
        return Extraction(post, doc.user_data["draft"].sentences, read_groups(doc), claims_of(doc))
