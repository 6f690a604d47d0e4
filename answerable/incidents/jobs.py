"""What happens later to incidents: bulk replies go out, and followers are told."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.incidents.actions.replying import go_on_with_bulk
from answerable.incidents.actions.telling import tell_some, untold
from answerable.incidents.actions.wire import QUEUE, SEND_BULK, TELL, defer_one
from answerable.incidents.models import BulkReply


@app.task(name=SEND_BULK, queue=QUEUE)
def send_bulk(number: int) -> None:
    """Send the next of a bulk reply."""
    if go_on_with_bulk(number, at=now()):
        defer_one(SEND_BULK, number)


@app.task(name=TELL, queue=QUEUE)
def tell_followers(number: int) -> None:
    """Tell the next followers of an incident."""
    if tell_some(number, at=now()):
        defer_one(TELL, number)


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="incidents-sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Go on with what somebody died over."""
    for number in BulkReply.objects.under_way().values_list("pk", flat=True):
        defer_one(SEND_BULK, number)
    for number in untold():
        defer_one(TELL, number)
