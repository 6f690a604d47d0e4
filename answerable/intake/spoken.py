"""In which languages specialists reply, said to somebody who reads one (ux.md 5.4)."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.severities import FORM
from answerable.intake.chatting import CHAT
from answerable.sla.words import language_names

# The channel of a plan behind each card whose name differs from it.
BEHIND = {"email": FORM, CHAT: CHAT, "callback": "callback"}


def spoken_words(languages: Sequence[str], contact: Contact | None) -> str:
    """Return “Specialists reply in English.”, "" where no language is named.

    To whoever reads another it also says that we can translate, if the vendor turned that on.
    """
    if not languages:
        return ""
    first = _("Specialists reply in {languages}.")
    words = first.format(languages=language_names(tuple(languages)))
    if not is_foreign(languages, contact) or not translates():
        return words
    return words + " " + _("We can translate your message and our replies.")


def spoken_on(card: str, terms: Terms | None, contact: Contact | None) -> str:
    """Return the same for one card, where its channel has languages of its own."""
    channel = terms.channels.get(BEHIND.get(card, card)) if terms else None
    if terms is None or channel is None or not channel.languages:
        return ""
    if set(channel.languages) == set(terms.languages):
        return ""
    return spoken_words(channel.languages, contact)


def is_foreign(languages: Sequence[str], contact: Contact | None) -> bool:
    """Say whether somebody reads none of these languages."""
    return contact is not None and bool(languages) and contact.language not in languages


def translates() -> bool:
    """Say whether the vendor turned on that messages may be translated, and has a machine."""
    return settings.ANSWERABLE_TRANSLATION_MESSAGES and bool(
        settings.ANSWERABLE_TRANSLATION_URL
    )
