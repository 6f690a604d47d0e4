"""What happens later to promises."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.sla.actions.auditing import keep_audit
from answerable.sla.actions.moving import move_open_tickets
from answerable.sla.audit import audit
from answerable.sla.models import Moving

HANDS = 2  # at a move to a new version


@app.periodic(cron="* * * * *")
@app.task(queue="house", queueing_lock="clocks-move", pass_context=False)
def move_clocks(timestamp: int) -> None:
    """Go on with moves to new versions that were asked for, or that somebody died over."""
    for moving in Moving.objects.filter(finished_at=None).select_related("version", "agent"):
        move_open_tickets(moving.version, agent=moving.agent, at=now(), hands=HANDS)


@app.periodic(cron="43 2 * * *")
@app.task(queue="house", queueing_lock="clocks-audit", pass_context=False)
def audit_clocks(timestamp: int) -> None:
    """Compare every ledger with its clock and its plan, once a night."""
    keep_audit(audit(), at=now())
