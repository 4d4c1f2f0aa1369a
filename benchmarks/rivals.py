"""What ``benchmarks.whole`` measures Taojin against; run by the peers' own Python, one JSON object in, one out.

``floor`` is the least that such a job can cost: parse by lexbor, cut by the Rust jieba, one regex for numbers, one
automaton for names, CSV by Arrow, and no rule at all. ``straightforward`` is how one would write it on an afternoon:
Beautiful Soup, jieba.posseg, spaCy's EntityRuler, re, pandas from dicts. The others are single parts of other tools.
"""

import contextlib
import io
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

ROUNDS = 5
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|[零一二三四五六七八九十百千万亿两]+")
AMOUNT = re.compile(
    r"(?:约|超过|近)?(\d[\d,]*(?:\.\d+)?|[零一二三四五六七八九十百千两]+)\s*([万亿]?)(美元|元|块|%|个点|倍|台|家|人)"
)
POST = "td.t_f"


def floor(pages: list[str], names: list[str]) -> Callable[[], object]:
    import ahocorasick
    import pyarrow as pa
    import pyarrow.csv as arrow_csv
    import rjieba
    from selectolax.lexbor import LexborHTMLParser

    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()

    def job() -> bytes:
        kinds: list[str] = []
        texts: list[str] = []
        for html in pages:
            for node in LexborHTMLParser(html).css(POST):
                text = node.text()
                rjieba.cut(text)
                numbers = NUMBER.findall(text)
                found = [name for _, name in automaton.iter(text)]
                kinds += ["number"] * len(numbers) + ["name"] * len(found)
                texts += numbers + found
        out = io.BytesIO()
        arrow_csv.write_csv(pa.table({"kind": kinds, "text": texts}), out)
        return out.getvalue()

    return job


def straightforward(pages: list[str], names: list[str]) -> Callable[[], object]:
    import jieba
    import jieba.posseg
    import pandas
    import spacy
    from bs4 import BeautifulSoup

    jieba.setLogLevel(60)
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "NAME", "pattern": name} for name in names])

    def job() -> str:
        rows = []
        for html in pages:
            for node in BeautifulSoup(html, "html.parser").select(POST):
                text = node.get_text("\n")
                tags = [(word.word, word.flag) for word in jieba.posseg.cut(text)]
                rows += [{"kind": "amount", "text": match[0], "unit": match[3]} for match in AMOUNT.finditer(text)]
                rows += [{"kind": "name", "text": word, "unit": flag} for word, flag in tags if flag[:2] == "nr"]
                rows += [{"kind": ent.label_, "text": ent.text, "unit": ""} for ent in nlp(text).ents]
        return pandas.DataFrame(rows).to_csv()

    return job


def trafilatura(pages: list[str], names: list[str]) -> Callable[[], object]:
    from trafilatura import extract

    return lambda: [extract(page, include_comments=True) for page in pages]


def jieba_words(texts: list[str], names: list[str]) -> Callable[[], object]:
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    return lambda: [jieba.lcut(text) for text in texts]


def jionlp(texts: list[str], names: list[str]) -> Callable[[], object]:
    import jionlp as jio  # type: ignore[import-not-found]

    def job() -> None:
        for text in texts:
            jio.ner.extract_money(text, with_parsing=True)
            jio.ner.extract_time(text, with_parsing=True)

    return job


def timed(make: Callable[[list[str], list[str]], Callable[[], object]], given: list[str], names: list[str]) -> Any:
    """The median of several rounds in milliseconds of processor time for each of ``given``; why not, where it fails."""
    try:
        with contextlib.redirect_stdout(sys.stderr):
            job = make(given, names)
            job()
            times = []
            for _ in range(ROUNDS):
                started = time.process_time()
                job()
                times.append(time.process_time() - started)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return statistics.median(times) * 1000 / len(given)


def main() -> None:
    given = json.load(sys.stdin)
    names = given["names"]
    answer = {
        title: {
            "floor": timed(floor, pages, names),
            "straightforward composition": timed(straightforward, pages, names),
            "trafilatura.extract alone": timed(trafilatura, pages, names),
            "jieba.lcut alone": timed(jieba_words, texts, names),
            "JioNLP money + time alone": timed(jionlp, texts[: given["few"]], names),
        }
        for title, (pages, texts) in given["sets"].items()
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
