"""Why it is not sure who wrote a message, in words for agents."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.tickets.models import Doubt, Message, SideMessage

WORDS: dict[str, Promise] = {
    Doubt.REFUTED: _("the domain of {sender} says that this mail is not from there"),
    Doubt.UNSURE: _("the domain of {sender} could not be asked whether this is from there"),
    Doubt.UNPROVEN: _("nothing shows that this is from the domain of {sender}"),
    Doubt.NOBODY: _("it names no sender, or several: {sender}"),
    Doubt.COPIED: _("{sender} is in copy, and not of this customer"),
    Doubt.FORWARDED: _("{by} forwarded it, and says that {sender} wrote it"),
}
STRANGER = _("this ticket does not know {sender}")
STRANGER_BESIDE = _("{sender} was not written to")


def doubt_words(message: Message) -> str:
    """Return the sentence that stands beside a message whose sender is not verified."""
    words = str(WORDS.get(message.doubt, STRANGER))
    return words.format(sender=message.sender, by=message.forwarded_by)


def side_doubt_words(message: SideMessage) -> str:
    """Return the same of a message of a side conversation."""
    words = str(WORDS.get(message.doubt, STRANGER_BESIDE))
    return words.format(sender=message.sender, by="")
