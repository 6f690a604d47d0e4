"""What happens later to account cards."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.cards import actions


@app.periodic(cron="41 3 * * *")
@app.task(queue="house", queueing_lock="cards-forget", pass_context=False)
def forget_cards(timestamp: int) -> None:
    """Forget what sources said long ago."""
    actions.forget_answers(at=now())
