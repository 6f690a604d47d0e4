"""What happens later to articles: a machine translates them, and their links are looked at."""

from __future__ import annotations

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
