"""What happens later to promises."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.sla.actions.auditing import keep_audit
from answerable.sla.audit import audit


@app.periodic(cron="43 2 * * *")
@app.task(queue="house", queueing_lock="clocks-audit", pass_context=False)
def audit_clocks(timestamp: int) -> None:
    """Compare every ledger with its clock and its plan, once a night."""
    keep_audit(audit(), at=now())
