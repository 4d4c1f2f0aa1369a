"""The spaCy tokenizer: jieba's words, with every mention a token of its own.

Scanners run first. What they find stays whole, jieba cuts the rest, and only sentences with a finding are cut
at all; any other sentence is one token. So spans always align with tokens and a post without amounts or names
never loads jieba's dictionary.
"""

from collections.abc import Callable, Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from pipeline.language.draft import Draft
from pipeline.records import Mention, Post

Scanner = Callable[[Draft], list[Mention]]


class JiebaTokenizer(DummyTokenizer):
    """Text or Post to Doc.

    ``cut_all`` cuts every sentence, for a pipeline whose later components look at all tokens.
    """

    def __init__(self, vocab: Vocab, scanners: Iterable[Scanner], cut_all: bool = False) -> None:
        self.vocab = vocab
        self.scanners = list(scanners)
        self.cut_all = cut_all

    def __call__(self, text: str) -> Doc:
        return self.from_post(Post(post_id="", source_file="", text=text))

    def from_post(self, post: Post) -> Doc:
        """The Doc of a post; its ``Draft`` is ``doc.user_data["draft"]``."""
        draft = Draft(post)
        draft.scan(self.scanners)
        words, starts = self.tokens(draft)
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words), sent_starts=starts)
        doc.user_data["draft"] = draft
        return doc

    def tokens(self, draft: Draft) -> tuple[list[str], list[bool | int | None]]:
        text = draft.text
        words: list[str] = []
        starts: list[bool | int | None] = []
        at = 0
        pending = iter(draft.mentions)
        mention = next(pending, None)
        for index, (start, end) in enumerate(draft.sentences):
            if at < start:
                words.append(text[at:start])
                starts.append(False)
            while mention is not None and mention.end <= start:
                mention = next(pending, None)
            first = len(words)
            if self.cut_all or (mention is not None and mention.start < end):
                words.extend(text[left:right] for left, right, _ in draft.words.in_sentence(index))
            else:
                words.append(text[start:end])
            starts.extend([True, *([False] * (len(words) - first - 1))])
            at = end
        if at < len(text):
            words.append(text[at:])
            starts.append(False)
        if starts:
            starts[0] = True
        return words, starts


@registry.tokenizers("taojin.jieba.v1")  # type: ignore[untyped-decorator]
def create_tokenizer(scanners: list[str], cut_all: bool = False) -> Callable[[Language], JiebaTokenizer]:
    """Factory for a spaCy config: ``scanners`` are names in ``registry.misc``, run in order."""

    def create(nlp: Language) -> JiebaTokenizer:
        made: list[Any] = [registry.misc.get(name) for name in scanners]
        return JiebaTokenizer(nlp.vocab, made, cut_all)

    return create
