"""What happens later to articles, and to what people asked of them."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.knowledge import actions

QUEUE = "house"
AT_ONCE = 20


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="articles-translate", pass_context=False)
def translate_articles(timestamp: int) -> None:
    """Do the orders of translations that are due."""
    for _ in range(AT_ONCE):
        if actions.do_next_order(at=now()) is None:
            return


@app.periodic(cron="*/10 * * * *")
@app.task(queue=QUEUE, queueing_lock="articles-links", pass_context=False)
def check_links(timestamp: int) -> None:
    """Look at links that changed, and ask other sites for some of those that are due."""
    at = now()
    actions.look_at_links(at=at)
    actions.ask_outside(at=at)


@app.periodic(cron="17 * * * *")
@app.task(queue=QUEUE, queueing_lock="stories-settle", pass_context=False)
def settle_stories(timestamp: int) -> None:
    """Say how the stories ended whose day is over."""
    actions.settle_stories(at=now())


@app.periodic(cron="37 3 * * *")
@app.task(queue=QUEUE, queueing_lock="stories-forget", pass_context=False)
def forget_words(timestamp: int) -> None:
    """Forget the words of questions that are older than they may be."""
    actions.forget_words(at=now(), days=settings.ANSWERABLE_QUESTIONS_DAYS)


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="passages-embed", pass_context=False)
def embed_passages(timestamp: int) -> None:
    """Have new passages embedded, where a service for it is named."""
    actions.embed_passages()
