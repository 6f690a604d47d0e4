"""What a customer's person chose to be told beside mail, for their page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answerable.accounts.models import Contact
from answerable.channels.voice.twilio.account import telephone
from answerable.notices.core.tidings import NOTHING, Wants
from answerable.notices.models import PushSubscription, TextNumber, TidingWish


@dataclass(frozen=True, slots=True)
class Told:
    """How somebody is told beside mail. `from_number`: text messages come from there; "" where
    none can be sent."""

    wants: Wants
    browsers: Sequence[PushSubscription]
    number: TextNumber | None
    from_number: str = ""

    @property
    def has_browser(self) -> bool:
        """Whether browsers are told of anything."""
        return bool(self.wants.push and self.browsers)

    @property
    def has_texts(self) -> bool:
        """Whether text messages come at all."""
        is_open = bool(self.number and self.number.takes_texts())
        return bool(self.wants.text and is_open and self.from_number)


def told_beside(contact: Contact) -> Told:
    """Return how somebody is told beside mail. Four queries."""
    wish = TidingWish.objects.filter(contact=contact).first()
    ours = telephone()
    browsers = PushSubscription.objects.filter(contact=contact).order_by("pk")
    return Told(
        wish.wants() if wish else NOTHING,
        list(browsers),
        TextNumber.objects.filter(contact=contact).first(),
        ours.number if ours else "",
    )
