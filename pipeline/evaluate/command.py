"""``taojin evaluate`` and ``taojin diff``: their arguments, and what they start."""

import argparse
import sys
from pathlib import Path

from pipeline.command import Command, out_argument, settings_of

LISTED = 40


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "gold", nargs="*", metavar="GOLD", help="gold posts, files or folders (default: ours, your cases, your reviews)"
    )
    out_argument(parser)
    parser.add_argument("--reviews", action="store_true", help="only the rows that were reviewed in DIR")
    parser.add_argument("--errors", action="store_true", help="every error, - for missed and + for wrong")
    parser.add_argument("--changes", action="store_true", help="every row that changed since the last evaluation")
    parser.add_argument("--json", action="store_true", help="the scores as JSON")


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="a table in any format of ours, or the folder of one")
    parser.add_argument("new", metavar="NEW", help="another")
    parser.add_argument("--all", action="store_true", help=f"every change (default: the first {LISTED})")


def evaluate(args: argparse.Namespace) -> int:
    """``taojin evaluate``: 1 where a score fell since the last time."""
    from pipeline.evaluate.sets import sets, show

    settings = settings_of(args)
    status = 0
    for chosen in sets([Path(path) for path in args.gold], Path(args.out), args.reviews, settings):
        status |= show(chosen, settings, args)
    return status


def diff(args: argparse.Namespace) -> int:
    """``taojin diff``: 1 where the tables differ."""
    from pipeline.evaluate.difference import difference, lines
    from pipeline.table.formats import read_table

    found = difference(read_table(Path(args.old)), read_table(Path(args.new)))
    sys.stdout.writelines(line + "\n" for line in lines(found, None if args.all else LISTED))
    return 1 if found.changes else 0


def _fit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", nargs="+", metavar="GOLD", help="gold posts, files or folders, as for evaluate")
    parser.add_argument("--to", required=True, metavar="DIR", help="write the weights into this folder of words")


def fit(args: argparse.Namespace) -> int:
    """``taojin fit``."""
    from pipeline.evaluate.fit import fit, write
    from pipeline.evaluate.gold import own, read, training

    found = fit(read([*map(Path, args.gold), *own(), *training()]), settings_of(args))
    for name, one in found.items():
        path = Path(args.to) / f"{name}.csv"
        write(one.weights, path)
        print(f"{path}: {len(one.weights)} weights, {one.choices} values,", end=" ")
        print(f"{one.right} of them right with weights that were fitted to the other posts")
    return 0


COMMANDS = (
    Command(
        "fit",
        "fit the weights of attachment.csv and salience.csv to gold posts",
        "Which metric a value has and whose it is, is decided by weighing all that could be. Fit the weights to gold"
        " posts of yours and to those that ship with Taojin, and say how often weights that were fitted to other posts"
        " are right.",
        ["taojin fit my-cases --to my-words"],
        _fit,
        fit,
    ),
    Command(
        "evaluate",
        "score the rules on gold posts and reviewed rows",
        "Extract gold posts with the rules as they are and print precision, recall and F1 by kind, label and rule,"
        " and which rows changed since the last time. Without GOLD: the posts that ship with Taojin, those of your"
        " cases folder (`cases` in taojin.toml), and the rows reviewed in DIR.",
        ["taojin evaluate", "taojin evaluate --errors my-cases", "taojin evaluate --reviews"],
        _evaluate,
        evaluate,
    ),
    Command(
        "diff",
        "show which rows two tables do not share",
        "Compare two tables row by row: added (+), removed (-) and changed (~) rows, with the cells that differ."
        " Exit status 1 where they differ.",
        ["taojin diff old/extractions.csv extracted", "taojin diff --all monday.xlsx tuesday.sqlite"],
        _diff,
        diff,
    ),
)
