"""What happens later to plans."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.entitlements import actions


@app.periodic(cron="23 * * * *")
@app.task(queue="house", queueing_lock="feeds-refresh", pass_context=False)
def refresh_feeds(timestamp: int) -> None:
    """Fetch the feeds of days off that are due to be asked again."""
    actions.refresh_feeds(at=now())
