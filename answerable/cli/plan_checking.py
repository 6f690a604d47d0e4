"""`answerable plan check`: what is wrong with a plan's file, with the line of each."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.timezone import now

from answerable.cli.plan_finding import source_of, text_of
from answerable.cli.say import say
from answerable.entitlements.core.document import examine_text
from answerable.entitlements.core.findings import Finding, PlanRefused, located
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.publishing import filling, judged
from answerable.entitlements.sources import Source
from answerable.sla.trial_words import failures


def check(options: argparse.Namespace) -> int:
    """Print what is wrong with each file; return 1 when one of them cannot be published."""
    fine = [is_fine(file, text_of(file), source_of(file)) for file in options.files]
    return 0 if all(fine) else 1


def is_fine(file: str, text: str, source: Source) -> bool:
    """Print what is wrong with a plan's text; return whether it can be published."""
    findings, examples = _judged(text, source)
    for line in lines(file, findings):
        say(line)
    errors = [finding for finding in findings if finding.is_error]
    if not errors:
        kept = "1 example kept" if examples == 1 else f"{examples} examples kept"
        say(f"{file}: fine, {kept}.")
    return not errors


def lines(file: str, findings: Iterable[Finding]) -> Iterator[str]:
    """Yield “file:line: words” for each finding; more lines where a derivation is told."""
    for finding in findings:
        place = f"{file}:{finding.line}" if finding.line else file
        warning = "" if finding.is_error else "warning: "
        yield from f"{place}: {warning}{finding}".splitlines()


def _judged(text: str, source: Source) -> tuple[tuple[Finding, ...], int]:
    """Return all that is wrong with a text, and how many examples it has."""
    try:
        reading = examine_text(text, filling(now(), source))
    except PlanRefused as refused:
        return refused.findings, 0
    judged = () if reading.errors else located(_tried(reading.terms), text)
    return (*judged, *reading.findings), len(reading.terms.examples)


def _tried(terms: Terms) -> Iterator[Finding]:
    """Yield what is found by trying a plan that can be read.

    A day that is over is refused at publishing, unless the version before had it: without the
    database that is a warning.
    """
    at = now()
    yield from failures(terms)
    errors = judged(terms, terms, at)
    yield from errors
    for finding in judged(terms, None, at):
        if finding not in errors:
            yield replace(finding, is_error=False)
