"""What happens later to rules: trials, webhooks, and runs that are old."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.rules import actions
from answerable.rules.actions.wire import QUEUE, TRY, defer_trial
from answerable.rules.models import Trial


@app.task(name=TRY, queue=QUEUE)
def try_rules(number: int) -> None:
    """Try rules on the next tickets of a trial."""
    if actions.go_on_with_trial(number):
        defer_trial(number)


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="rules-sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Tell other systems what waits, and go on with trials that somebody died over."""
    actions.send_webhooks(at=now())
    for number in Trial.objects.filter(ended_at=None).values_list("pk", flat=True):
        defer_trial(number)


@app.periodic(cron="43 3 * * *")
@app.task(queue=QUEUE, queueing_lock="rules-forget", pass_context=False)
def forget(timestamp: int) -> None:
    """Forget runs that are older than they are to be kept."""
    while actions.forget_runs(at=now(), days=settings.ANSWERABLE_RULES_DAYS):
        continue
