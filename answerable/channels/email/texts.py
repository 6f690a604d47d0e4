"""What an installation says in all its mails: its own words where there are some, else ours.

A text of theirs that cannot be filled stops no mail: ours takes its place, and the log says so.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from answerable.channels.email.core.filling import filled, has_loose_brace, unknown_gaps
from answerable.channels.email.core.page import PLAIN_LOOK, Look
from answerable.channels.email.models import MailLook

log = logging.getLogger(__name__)

GREETING, CLOSING, SIGNATURE, FOOTER = "greeting", "closing", "signature", "footer"
# Who fills which gaps of a text.
GAPS: Mapping[str, tuple[str, ...]] = {
    GREETING: ("name", "vendor"),
    CLOSING: ("name", "agent", "vendor"),
    SIGNATURE: ("agent", "title", "vendor"),
    FOOTER: ("url", "number", "vendor"),
}


@dataclass(frozen=True, slots=True)
class Texts:
    """The look of all mails, and texts by language and kind; what is missing is ours."""

    look: Look = PLAIN_LOOK
    own: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def say(self, kind: str, **values: str) -> str:
        """Return a text of a kind in the language that is active, filled."""
        values["vendor"] = settings.ANSWERABLE_VENDOR
        own = self.own.get((get_language() or "", kind))
        if own is not None:
            try:
                return filled(own, values)
            except KeyError as gap:
                log.warning("The text %s has a gap that nobody fills: %s.", kind, gap)
        return filled(default(kind), values)


def default(kind: str) -> str:
    """Return our own text of a kind, in the language that is active."""
    return {
        GREETING: _("Hello {name},"),
        CLOSING: "",
        SIGNATURE: _("{agent}\n{title}\n{vendor} Support"),
        FOOTER: _("Read it all: {url}"),
    }[kind]


def current() -> Texts:
    """Return the texts as they are now."""
    kept = MailLook.objects.filter(pk=1).first()
    return texts_of(kept.accent, kept.logo, kept.texts) if kept else Texts()


def texts_of(accent: str, logo: str, texts: Mapping[str, Mapping[str, str]]) -> Texts:
    """Return texts from what was kept or typed; an empty one is ours."""
    own = {
        (language, kind): text.replace("\r\n", "\n")
        for language, kinds in texts.items()
        for kind, text in kinds.items()
        if isinstance(text, str) and text.strip()
    }
    return Texts(Look(accent, logo), own)


def finding(kind: str, text: str) -> str:
    """Return what is wrong with a text of a kind, in words; nothing where it can be filled."""
    unknown = unknown_gaps(text, GAPS[kind])
    known = ", ".join(f"{{{gap}}}" for gap in GAPS[kind])
    if unknown:
        words = _("Nobody fills {gap}. Here you can use: {known}")
        return words.format(gap=f"{{{unknown[0]}}}", known=known)
    if has_loose_brace(text):
        return _("A brace stands alone. Here you can use: {known}").format(known=known)
    return ""
