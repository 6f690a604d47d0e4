"""`answerable clocks audit`: is every clock what its ledger and its plan say?"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from django.utils.timezone import now

from answerable.cli.say import say
from answerable.sla.actions.auditing import keep_audit
from answerable.sla.audit import Audited, audit


def run(options: argparse.Namespace) -> int:
    """Print each difference in words, and how many there are; return 1 when there is one.

    An audit of all clocks is kept for the operator's pages, unless nothing is to be written.
    """
    found = _printed(audit(options.ticket))
    if options.ticket is None and not options.fix_nothing:
        kept = keep_audit(found, at=now())
        clocks, differences = kept.clocks, kept.differences
    else:
        counts = [len(audited.says) for audited in found]
        clocks, differences = len(counts), sum(counts)
    say(f"{clocks} clocks, {differences} differences.")
    return 1 if differences else 0


def _printed(found: Iterable[Audited]) -> Iterator[Audited]:
    for audited in found:
        for words in audited.says:
            say(words)
        yield audited
