"""A mail to each owner on Monday: which of their articles are to be reviewed.

Asked every hour, it is queued once: each mail is known by its week and its reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Agent
from answerable.authoring.queries.listing import title_of
from answerable.channels.email.actions import queue_reminder
from answerable.channels.email.texts import GREETING, Texts, current
from answerable.channels.email.words import Letter, automatic, written
from answerable.knowledge import caring
from answerable.knowledge.models import Article, ArticleText

MONDAY, FROM_HOUR = 0, 8
MOST_NAMED = 20


def send_reminders(*, at: datetime) -> int:
    """Queue the mails of this week, on Mondays from eight on in each owner's zone; return how
    many it asked for."""
    texts, asked = current(), 0
    for owner, articles in groupby(_due(at.date()), key=lambda one: one.owner):
        local = at.astimezone(ZoneInfo(owner.zone)) if owner else at
        if owner is None or local.weekday() != MONDAY or local.hour < FROM_HOUR:
            continue
        with translation.override(owner.language):
            letter = letter_of(owner, list(articles), texts)
        queue_reminder(owner, f"review {local:%G-%V} {owner.pk}", letter, at=at)
        asked += 1
    return asked


def letter_of(owner: Agent, articles: Sequence[Article], texts: Texts) -> Letter:
    """Return the mail to an owner, in the active language."""
    count = len(articles)
    words = ngettext(
        "{count} article of yours is to be reviewed:",
        "{count} articles of yours are to be reviewed:",
        count,
    )
    lines = [texts.say(GREETING, name=owner.name), "", words.format(count=count), ""]
    lines += [_line(article) for article in articles[:MOST_NAMED]]
    place = f"{settings.ANSWERABLE_URL}{reverse('authoring:articles')}?needs=review"
    lines += ["", _("All that needs somebody: {url}").format(url=place)]
    subject = ngettext("{count} article to review", "{count} articles to review", count)
    return written(automatic(lines), subject.format(count=count), texts)


def _due(today: date) -> list[Article]:
    """Return the articles that are due, by their owners who still work here."""
    owned = caring.due_for_review(caring.there(), today).filter(owner__user__is_active=True)
    texts = Prefetch("texts", ArticleText.objects.select_related("current"))
    known = owned.select_related("owner__user").prefetch_related(texts)
    return list(known.order_by("owner", "review_on", "key"))


def _line(article: Article) -> str:
    place = settings.ANSWERABLE_URL + reverse("authoring:article", args=[article.key])
    words = _("“{title}”, by {day}: {url}")
    day = formats.date_format(article.review_on, "DATE_FORMAT") if article.review_on else ""
    title = title_of(article, list(article.texts.all()))
    return words.format(title=title, day=day, url=place)
