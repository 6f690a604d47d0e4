"""The report of a month as a mail, to those who chose it, on its second working day.

Asked every hour, it is queued once: each mail is known by its month and its reader, however
many workers ask. Who chose it later than a few days after that day gets the next one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Contact
from answerable.channels.email import ours
from answerable.channels.email.actions import queue_letter
from answerable.channels.email.texts import GREETING, Texts, current
from answerable.channels.email.words import Letter, automatic, written
from answerable.portal.queries.report import FINAL_ON, Question, Report, question, report_of
from answerable.sla.core.periods import month, working_day
from answerable.sla.report_words import vendor_zone

# For so long after its day a report is still mailed: no worker may have been there.
STILL = timedelta(days=3)


def send_reports(*, at: datetime) -> int:
    """Queue the mails of the month that has become final, and return how many it asked for."""
    zone = vendor_zone()
    local = at.astimezone(zone)
    last = month(local.year, local.month - 1, zone)
    final = working_day(last, FINAL_ON, zone)
    if not final <= at < final + STILL:
        return 0
    key = f"{last.begin.astimezone(zone):%Y-%m}"
    readers = list(_readers())
    texts = current()
    for reader in readers:
        with translation.override(reader.language), timezone.override(ZoneInfo(reader.zone)):
            ask = question({"month": key}, at, zone)
            letter = letter_of(report_of(reader, ask, at), ask, reader, texts)
        queue_letter(reader, f"report {key} {reader.pk}", letter, at=at)
    return len(readers)


def letter_of(report: Report, ask: Question, reader: Contact, texts: Texts) -> Letter:
    """Return a report as a mail, in the active language: its figures, and where it stands."""
    place = f"{settings.ANSWERABLE_URL}/report/{ask.query()}"
    lines = [
        texts.say(GREETING, name=reader.name),
        "",
        _figures(report, ask),
        *(_line(row.kind, row.figures.percent, row.figures.median) for row in report.rows),
        _best_effort(report.unpromised),
        "",
        _("The report, to be read, printed or taken as CSV or PDF: {url}").format(url=place),
        "",
        _("Which mails you get, you choose here: {url}").format(url=ours.preferences_url()),
    ]
    subject = _("Report: {month}").format(month=ask.name)
    return written(automatic(lines), subject, texts)


def _readers() -> list[Contact]:
    chosen = Contact.objects.filter(
        mailed_report=True, product_role=Contact.Role.SUPER_ADMIN, left_at=None
    )
    return list(chosen.select_related("customer").order_by("pk"))


def _figures(report: Report, ask: Question) -> str:
    if not report.tally.promises:
        return _("No promises fell due in {month}.").format(month=ask.name)
    words = _("{month}. Promises kept: {kept} of {all} ({percent}).")
    tally = report.tally
    return words.format(
        month=ask.name, kept=tally.met, all=tally.fell_due, percent=report.total.percent
    )


def _line(kind: str, percent: str, median: str) -> str:
    words = _("{kind}: {percent}, median reply {median}.")
    return words.format(kind=kind, percent=percent, median=median)


def _best_effort(count: int) -> str:
    words = ngettext(
        "Best effort: {count} request, no promise.",
        "Best effort: {count} requests, no promise.",
        count,
    )
    return words.format(count=count)
