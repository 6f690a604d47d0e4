"""What happens later for those who write articles."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.authoring.review_mail import send_reminders


@app.periodic(cron="11 * * * *")
@app.task(queue="house", queueing_lock="authoring-reviews", pass_context=False)
def mail_reviews(timestamp: int) -> None:
    """Remind owners on Monday of what is to be reviewed."""
    send_reminders(at=now())
