"""“Test: call me now”: whether a customer's number can be tried, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.channels.voice.twilio.account import telephone
from answerable.channels.voice.twilio.models import Leg
from answerable.channels.voice.twilio.words import why_words
from answerable.channels.voice.ways import troubles
from answerable.intake.asked import Asked
from answerable.intake.call_form import NumberForm
from answerable.intake.channels import channels_for


@dataclass(frozen=True, slots=True)
class Tried:
    """How a test call stands, in a sentence; whether it worked, None while it goes on."""

    words: str
    is_fine: bool | None = None


def why_not(contact: Contact, at: datetime, zone: tzinfo) -> str:
    """Return why a contact's number cannot be tried now, in a sentence; "" where it can."""
    if not contact.phone:
        return _("Keep a number first, then try it.")
    if telephone() is None:
        return _(
            "It cannot be tried here: we have no line that calls by itself. "
            "A specialist dials your number."
        )
    if troubles(at=at):
        return _("It cannot be tried now: our telephone line does not work.")
    calling = channels_for(contact, Asked(), at, zone).calling
    form = NumberForm({"phone": contact.phone}, countries=calling.countries)
    return "" if form.is_valid() else str(form.errors["phone"][0])


def last_try(contact: Contact) -> Leg | None:
    """Return the newest test call to the number that a contact has, or None."""
    tests = Leg.objects.filter(side=Leg.Side.TEST, contact=contact, phone=contact.phone)
    return tests.order_by("-pk").first()


def tried(leg: Leg) -> Tried:
    """Return how a test call went, or goes."""
    if leg.agreed_at:
        return Tried(_("It works: you answered, and we heard the key."), is_fine=True)
    if not leg.facts().is_over:
        ringing = _("We call you now. Answer, and press 1.")
        return Tried(_("You answered. Press 1 now.") if leg.answered_at else ringing)
    if leg.why:
        return Tried(why_words(leg.why), is_fine=False)
    if leg.answered_at:
        return Tried(_("No key was heard. Press 1 while the voice speaks."), is_fine=False)
    return Tried(_("Nobody answered. Try again."), is_fine=False)
