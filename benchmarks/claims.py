"""The claims stage alone: milliseconds per 1,000 characters, on text full of claims and on text without any.

Words and mentions are made beforehand; what is timed is reading a post into clauses and finding its metric, statement
and event claims. Each figure is the best of several rounds; the growth says that twice the text takes twice the time.
"""

import time
from datetime import UTC, datetime
from pathlib import Path

from pipeline.claims.events import find_events
from pipeline.claims.metrics import find_metrics
from pipeline.claims.reading import Reading
from pipeline.claims.statements import find_statements
from pipeline.extractor import Extractor
from pipeline.mentions.factory import read_groups
from pipeline.records import Post

ROUNDS = 5
SIZE = 4000  # characters of a text
STAGES = {"metrics": find_metrics, "statements": find_statements, "events": find_events}
RICH = (
    "宁德时代公布三季报，营收1042亿元，同比增长12.9%，净利润185亿元。王传福表示，比亚迪今年毛利率将升至21%，"
    "高于去年同期的19%。\n据路透社报道，微软拟投资400亿美元建数据中心，英伟达市值突破5万亿美元。"
    "花旗把腾讯目标价从650港元上调至735港元，市盈率降到22倍。\n三星电子和海力士的市场份额分别为33%和36%。\n"
)
FREE = (
    "昨天下了一整天的雨，晚上才停。我和朋友去公园里走了走，路边的树叶都黄了，空气很好。\n"
    "回家以后做了一锅汤，味道还不错，大家都说下次再来。\n你们那边冷不冷？记得多穿点衣服，别感冒了。\n"
)


def fill(text: str, size: int) -> str:
    return (text * (size // len(text) + 1))[:size]


def timed(extractor: Extractor, text: str) -> dict[str, float]:
    """Milliseconds per 1,000 characters of each stage and of all."""
    post = Post("bench", "", text, posted_at=datetime(2025, 11, 3, tzinfo=UTC))
    doc = extractor.doc(post)
    draft, mentions = doc.user_data["draft"], read_groups(doc)
    best = dict.fromkeys((*STAGES, "all"), float("inf"))
    for _ in range(ROUNDS):
        reading, total = Reading(draft, mentions), 0.0
        for name, find in STAGES.items():
            started = time.process_time()
            find(reading)
            spent = time.process_time() - started
            best[name], total = min(best[name], spent), total + spent
        best["all"] = min(best["all"], total)
    return {name: spent * 1_000_000 / len(text) for name, spent in best.items()}


def report(results: Path) -> str:
    """Measure, write ``claims.md`` into a folder, and give what was written."""
    extractor = Extractor()
    lines = [
        "# Claims",
        "",
        "| ms per 1,000 characters | metrics | statements | events | all | × at twice the length |",
    ]
    lines.append("| --- | --- | --- | --- | --- | --- |")
    for title, text in (("full of claims", RICH), ("free of claims", FREE)):
        one, two = (timed(extractor, fill(text, size)) for size in (SIZE, 2 * SIZE))
        figures = " | ".join(f"{one[name]:.2f}" for name in (*STAGES, "all"))
        lines.append(f"| {title} | {figures} | {two['all'] / one['all']:.2f} |")
    lines.append("")
    results.mkdir(exist_ok=True)
    (results / "claims.md").write_text("\n".join(lines), "utf-8")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(Path(__file__).parent / "results"))
