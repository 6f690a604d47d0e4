"""`bin/mail-report`: print how well each set of real mails is read, and every miss."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench.mail_sets.report import Judged, written
from bench.mail_sets.verdict import Judge, Verdict, named, several

CHECKOUT = Path(__file__).parents[2]
MATERIAL = CHECKOUT.parent / "shared" / "mail"
MODULES = ("reading", "replies", "bounces")
LONGEST_SHOWN = 1000


def main(arguments: Sequence[str]) -> int:
    """Judge every set whose file is at hand; 2 when there is none."""
    options = _options(arguments)
    judged = (each for key, judge in _sets() for each in _judged(key, judge, options.material))
    there = [each for each in judged if options.only in each.name]
    if not there:
        sys.stderr.write(f"There are no sets of mails in {options.material}.\n")
        return 2
    for each in there:
        sys.stdout.write(each.line() + "\n")
        if options.misses:
            sys.stdout.writelines(_miss(verdict) for verdict in each.misses())
    if options.write:
        (CHECKOUT / "docs" / "mail-report.md").write_text(written(there))
    return 0


def _options(arguments: Sequence[str]) -> Namespace:
    parser = ArgumentParser(prog="bin/mail-report", description=__doc__)
    parser.add_argument("--material", type=Path, default=MATERIAL, metavar="DIR")
    parser.add_argument(
        "--only", default="", metavar="WORD", help="sets with this in their name"
    )
    parser.add_argument("--misses", action="store_true", help="print what was read otherwise")
    parser.add_argument("--write", action="store_true", help="write docs/mail-report.md anew")
    return parser.parse_args(arguments)


def _sets() -> Iterator[tuple[str, Judge]]:
    for name in MODULES:
        if find_spec(f"bench.mail_sets.{name}"):
            module = import_module(f"bench.mail_sets.{name}")
            yield from {**getattr(module, "ORDINARY", {}), **module.SETS}.items()


def _judged(key: str, judge: Judge, material: Path) -> Iterator[Judged]:
    """Give a set, or one for each thing that its judge looks at."""
    file = material / key.split(" ", maxsplit=1)[0]
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    found: dict[str, list[Verdict]] = {}
    for number, line in enumerate(lines, start=1):
        for verdict in several(judge(json.loads(line))):
            what, name = named(verdict, number)
            found.setdefault(what, []).append(verdict._replace(name=name))
    for what, verdicts in found.items():
        yield Judged(f"{key} {what}".strip(), verdicts)


def _miss(verdict: Verdict) -> str:
    expected, got = verdict.expected[:LONGEST_SHOWN], verdict.got[:LONGEST_SHOWN]
    return f"  {verdict.name}\n    expected {expected!r}\n    got      {got!r}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
