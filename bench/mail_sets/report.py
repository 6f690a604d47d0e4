"""The committed report: how each set is read, and every miss with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.mail_sets.verdict import Verdict

REASONS = Path(__file__).parent / "reasons.toml"
HEAD = """# How real mail is read

Written by `bin/mail-report --write`, from sets of real and odd mails that are not ours to ship:
the folder with them is named with `--material`. Texts are compared without their blanks, HTML
by the letters that it shows. Each miss is named by its file in its set, with the reason why it
stays.

*Right* is what agrees with the set to the letter. *Read well* adds where the set itself has it
wrong or leaves undone what we do, by the reasons below: it keeps the path of a file's name,
leaves a uuencoded file in the text, or loses letters of a charset that lies.

| set | right | of | share | read well |
| --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A set, and what was said of each of its lines."""

    name: str
    verdicts: Sequence[Verdict]

    def misses(self) -> list[Verdict]:
        """Return what was read otherwise than expected."""
        return [verdict for verdict in self.verdicts if not verdict.ok]

    def right(self) -> int:
        """Return how many lines were read as expected."""
        return len(self.verdicts) - len(self.misses())

    def share(self, also: Sequence[str] = ()) -> str:
        """Return the share of them, never rounded up to all; `also` names misses that count."""
        well = sum(verdict.name in also for verdict in self.misses())
        return f"{int(1000 * (self.right() + well) / len(self.verdicts)) / 10:.1f} %"

    def line(self) -> str:
        """Return the set as a line of the terminal."""
        return f"{self.name:<40} {self.right():>4} of {len(self.verdicts):<4} {self.share()}"


def written(sets: Sequence[Judged]) -> str:
    """Return the report as Markdown."""
    reasons = tomllib.loads(REASONS.read_text("utf-8"))
    well = reasons["read well"]
    rows = [_row(each, well.get(each.name, ())) for each in sets]
    misses = [line for each in sets for line in _misses(each, reasons.get(each.name, {}))]
    return HEAD + "\n".join([*rows, *misses]) + "\n"


def _row(judged: Judged, well: Sequence[str]) -> str:
    of = len(judged.verdicts)
    shares = f"{judged.share()} | {judged.share(well)}"
    return f"| {judged.name} | {judged.right()} | {of} | {shares} |"


def _misses(judged: Judged, reasons: dict[str, str]) -> Iterator[str]:
    if judged.misses():
        yield f"\n## Misses: {judged.name}\n"
    for verdict in judged.misses():
        kind = f"{verdict.expected} > {verdict.got}"
        common = reasons.get(kind) or reasons.get("*") or "not looked at yet."
        said = f"{verdict.expected} expected, {verdict.got or 'nothing'} found. {common}"
        yield f"- {verdict.name}: {reasons.get(verdict.name) or said}"
