"""What happens later to what people asked."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.knowledge.actions.settling import forget_words, settle_stories


@app.periodic(cron="17 * * * *")
@app.task(queue="house", queueing_lock="stories-settle", pass_context=False)
def settle(timestamp: int) -> None:
    """Say how the stories ended whose day is over."""
    settle_stories(at=now())


@app.periodic(cron="37 3 * * *")
@app.task(queue="house", queueing_lock="stories-forget", pass_context=False)
def forget(timestamp: int) -> None:
    """Forget the words of questions that are older than they may be."""
    forget_words(at=now(), days=settings.ANSWERABLE_QUESTIONS_DAYS)
