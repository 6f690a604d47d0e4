"""`answerable plan check`: what is wrong with a plan's file, with the line of each."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.timezone import now

from answerable.cli.plan_finding import text_of
from answerable.cli.say import say
from answerable.entitlements.core.findings import Finding
from answerable.entitlements.sources import beside
from answerable.sla.judging import judged


def check(options: argparse.Namespace) -> int:
    """Print what is wrong with each file; return 1 when one of them cannot be published."""
    fine = [is_fine(file, text_of(file)) for file in options.files]
    return 0 if all(fine) else 1


def is_fine(file: str, text: str) -> bool:
    """Print what is wrong with a plan's text; return whether it can be published."""
    found = judged(text, at=now(), source=beside(Path(file).parent))
    for line in lines(file, found.findings):
        say(line)
    if found.terms and not found.errors:
        examples = len(found.terms.examples)
        kept = "1 example kept" if examples == 1 else f"{examples} examples kept"
        say(f"{file}: fine, {kept}.")
    return not found.errors


def lines(file: str, findings: Iterable[Finding]) -> Iterator[str]:
    """Yield “file:line: words” for each finding; more lines where a derivation is told."""
    for finding in findings:
        place = f"{file}:{finding.line}" if finding.line else file
        warning = "" if finding.is_error else "warning: "
        yield from f"{place}: {warning}{finding}".splitlines()
