"""The words of the mails to who follows an incident, in the reader's language and zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.channels.email.core.page import Page
from answerable.channels.email.texts import GREETING, Texts
from answerable.channels.email.words import Letter, support_name, written
from answerable.incidents.addresses import status_url, unfollow_url
from answerable.incidents.models import Follower, Incident, IncidentUpdate
from answerable.lib import times


def told_of(follower: Follower, update: IncidentUpdate, texts: Texts) -> Letter:
    """Return the mail that says how an incident goes on, and how to get no more of them."""
    contact, incident = follower.contact, update.incident
    with translation.override(contact.language):
        when = times.in_full(update.at, ZoneInfo(contact.zone))
        said = update.words_in(contact.language)
        lines = [
            texts.say(GREETING, name=contact.name),
            "",
            *([said, ""] if said else []),
            _("{state}, {when}").format(state=update.get_state_display(), when=when),
            _("How it goes on: {status}").format(status=status_url(incident)),
        ]
        if update.state == Incident.State.FIXED:
            lines[-1] = _("All that was said of it: {status}").format(
                status=status_url(incident)
            )
        footer = _("No more mails about this: {url}").format(url=unfollow_url(follower))
        page = Page("\n".join(lines), support_name(), footer)
        return written(page, _subject(incident, update, contact.language), texts)


def _subject(incident: Incident, update: IncidentUpdate, language: str) -> str:
    words = incident.words_in(language)
    if update.state == Incident.State.FIXED:
        return _("It is fixed: {words}").format(words=words)
    return _("{vendor}, how it goes on: {words}").format(
        vendor=settings.ANSWERABLE_VENDOR, words=words
    )
