"""Sends what a customer asks of calls, on whichever page: one, now, or none any more."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.channels.voice.actions import call_off
from answerable.intake.call_form import CallForm
from answerable.intake.call_state import CANCEL, NOW
from answerable.intake.calling_back import call_limits
from answerable.intake.offers import Offers
from answerable.tickets.actions import (
    CallOpen,
    CallOver,
    Opening,
    Sender,
    TooManyCalls,
    call_now,
    request_callback,
)
from answerable.tickets.models import Callback, Ticket


def ask_for_call(form: CallForm, offers: Offers, person: Contact, *, at: datetime) -> bool:
    """Take a form that is filled in, once, and say whether the person waits for a call now.

    Beyond the limits of calls the form says so.
    """
    opening = _opening(form, offers, person)
    try:
        request_callback(opening, form.wanted(), contact=person, limits=call_limits(), at=at)
    except CallOpen:  # Another press was quicker; its call is shown.
        return True
    except TooManyCalls:
        words = _("We cannot take more calls from you now. Send a message instead.")
        form.add_error("phone", words)
        return False
    return True


def act_on_call(callback: Callback, what: str, *, at: datetime) -> None:
    """Cancel a call that is waited for, or ask for it now; nothing where it is over."""
    with suppress(CallOver):
        if what == CANCEL:
            call_off(callback, at=at)
        elif what == NOW:
            call_now(callback, at=at)


def _opening(form: CallForm, offers: Offers, person: Contact) -> Opening:
    submission, asked = form.cleaned_data["submission"], offers.asking.asked
    return Opening(
        sender=Sender(contact=person, channel=Ticket.Channel.CALLBACK),
        body=form.body,
        channel=Ticket.Channel.CALLBACK,
        surface=asked.surface,
        language=asked.language,
        submission=f"{person.pk}-{submission}" if submission else None,
    )
