"""``make bench``: cold start and unchanged run beside the imports of the four packages.

Each figure is the median of five fresh processes, in one run on one machine; read the ratios, not the seconds.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import claims, clean, entities, numbers, review, whole

ROUNDS = 5
RESULTS = Path(__file__).parent / "results"
POST = {
    "post_id": "bench:1",
    "posted_at": "2025-11-01T12:00:00+08:00",
    "text": "英伟达2025年第三季度营收350.8亿美元，同比增长94%，净利润193亿美元。黄仁勋表示，需求仍然强劲。",
}
IMPORTS = "import jieba; jieba.setLogLevel(60); jieba.initialize(); import spacy, pandas, bs4"


def seconds(command: list[str], folder: Path) -> float:
    """Wall time of a process, in seconds."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment(folder), check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return time.perf_counter() - start


def environment(folder: Path) -> dict[str, str]:
    return {**whole.installed(folder), "PYTHONPATH": str(Path(__file__).parent.parent)}


def measure() -> dict[str, float]:
    """Median seconds of the imports, of a first run with one small post, and of a run with nothing to do."""
    python = sys.executable
    times: dict[str, list[float]] = {"imports": [], "cold": [], "unchanged": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "raw").mkdir()
        (folder / "raw" / "post.jsonl").write_text(json.dumps(POST, ensure_ascii=False) + "\n", "utf-8")
        seconds([python, "-c", IMPORTS], folder)  # all caches warm: modules, jieba's dictionary, the knowledge base
        seconds([python, "-m", "pipeline", "extract", "--out", "warm"], folder)
        for round_ in range(ROUNDS):
            out = f"out{round_}"
            times["imports"].append(seconds([python, "-c", IMPORTS], folder))
            times["cold"].append(seconds([python, "-m", "pipeline", "extract", "--out", out], folder))
            times["unchanged"].append(seconds([python, "-m", "pipeline", "extract", "--out", out], folder))
    return {key: statistics.median(values) for key, values in times.items()}


def main() -> None:
    medians = measure()
    ratios = {
        "cold start / imports of jieba, spaCy, pandas, bs4": medians["cold"] / medians["imports"],
        "unchanged run / the same imports": medians["unchanged"] / medians["imports"],
    }
    lines = ["# Start-up", "", "| ratio | value | bar |", "| --- | --- | --- |"]
    bars = ("≤ 1", "< 0.33")
    lines += [f"| {key} | {value:.2f} | {bar} |" for (key, value), bar in zip(ratios.items(), bars, strict=True)]
    lines += ["", "Seconds (median of five): " + ", ".join(f"{key} {value:.2f}" for key, value in medians.items()), ""]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "startup.md").write_text("\n".join(lines), "utf-8")
    print("\n".join(lines))
    print(entities.report(RESULTS))
    print(clean.report(RESULTS))
    print(claims.report(RESULTS))
    print(numbers.report(RESULTS))
    print(review.report(RESULTS))
    print(whole.report(RESULTS))


if __name__ == "__main__":
    main()
