"""What happens later for customers' pages: copies of their data, and reports by mail."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from answerable.accounts.exports import actions
from answerable.accounts.models import DataExport
from answerable.portal import exporting
from answerable.portal.report_mail import send_reports


@app.periodic(cron="23 * * * *")
@app.task(queue="house", queueing_lock="portal-reports", pass_context=False)
def mail_reports(timestamp: int) -> None:
    """Mail last month's report to those who chose it, from its second working day on."""
    send_reports(at=now())


@app.task(queue="house", retry=RetryStrategy(max_attempts=5, wait=10))
def make_export(number: int) -> None:
    """Make the copy of somebody's data that they asked for."""
    asked = DataExport.objects.filter(pk=number, ready_at=None)
    export = asked.select_related("contact__customer").first()
    if export is None:
        return
    with exporting.new_file() as file:
        exporting.written_out(
            export.contact,
            file,
            at=now(),
            progress=lambda done, total: actions.note_progress(export, done=done, total=total),
        )
        actions.finish(export, exporting.content_of(file), at=now())
