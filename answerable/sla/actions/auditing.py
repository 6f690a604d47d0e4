"""Keeps what an audit of all clocks found, for the operator's pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from answerable.sla.audit import Audited
from answerable.sla.models import Audit

FIRST = 100
KEPT_FOR = timedelta(days=365)


def keep_audit(found: Iterable[Audited], *, at: datetime) -> Audit:
    """Keep the result of an audit of all clocks, with the first hundred differences.

    Audits of more than a year ago are forgotten.
    """
    clocks, differences, says = 0, 0, list[str]()
    for audited in found:
        clocks += 1
        differences += len(audited.says)
        says += audited.says[: max(FIRST - len(says), 0)]
    Audit.objects.filter(at__lt=at - KEPT_FOR).delete()
    return Audit.objects.create(at=at, clocks=clocks, differences=differences, says=says)
