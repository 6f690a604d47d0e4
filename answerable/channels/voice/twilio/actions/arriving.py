"""Takes in whoever dials our number: who they are, what it is about, and into the line."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from answerable.accounts.actions.codes import use_keyed_code
from answerable.accounts.models import Contact
from answerable.channels.voice.actions import Caller, end_call, receive_call
from answerable.channels.voice.actions.held import hold_call_row
from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.models import Leg
from answerable.lib.locks import locked
from answerable.lib.phones import kept_phone, shown_phone
from answerable.tickets.actions import Opening, Sender, open_ticket
from answerable.tickets.actions.held import hold
from answerable.tickets.models import Callback, Ticket

MOST_TRIES = 3


@transaction.atomic
def arrive(sid: str, phone: str, *, at: datetime) -> Leg:
    """Return the leg of somebody who dials our number; the same call again is the same leg.

    Whoever's number it is alone we take them for, without believing it.
    """
    phone = kept_phone(phone)
    known = _contact_of(phone)
    facts = {
        "side": Leg.Side.CONTACT,
        "key": secrets.token_urlsafe(16),
        "phone": phone,
        "contact": known,
        "language": known.language if known else "en",
        "made_at": at,
        "dialled_at": at,
        "heard_at": at,
    }
    return Leg.objects.get_or_create(sid=sid[:64], defaults=facts)[0]


@transaction.atomic
def identify(leg: Leg, keys: str, *, at: datetime) -> Leg:
    """Note a support code that a caller pressed, and return the leg; after three that were not
    right no other is looked at."""
    held = _held(leg)
    if held.is_identified or held.tries >= MOST_TRIES:
        return held
    held.tries += 1
    contact = _whose_code(held, keys, at)
    if contact:
        held.contact, held.is_identified, held.language = contact, True, contact.language
    held.save(update_fields=["tries", "contact", "is_identified", "language"])
    return held


@transaction.atomic
def queue_up(leg: Leg, way: str, *, about: Ticket | None = None, at: datetime) -> Call:
    """Let a caller wait for an agent, with a ticket from then on, and return the call.

    `about` is a ticket of theirs that they call about, if they showed who they are.
    """
    held = _held(leg)
    if held.call is not None:
        return held.call
    is_theirs = about is not None and held.is_identified
    ticket = hold(about) if about and is_theirs else _opened(held, at)
    caller = Caller(
        phone=held.phone,
        provider_key=held.sid or held.key,
        contact=held.contact,
        is_identified=held.is_identified,
    )
    held.call = receive_call(ticket, caller, way, at=at)
    held.save(update_fields=["call"])
    return held.call


@transaction.atomic
def give_up_line(leg: Leg, *, at: datetime) -> None:
    """End the call of a caller whom nobody took; their ticket stays, with its promise."""
    call = leg.call
    if call is None:
        return
    held = hold_call_row(call)
    if held.agent_id is None:
        end_call(held, Call.Outcome.NOT_TAKEN, at=at)


def _held(leg: Leg) -> Leg:
    rows = locked(Leg.objects.filter(pk=leg.pk))
    return rows.select_related("call", "contact__customer").get()


def _contact_of(phone: str) -> Contact | None:
    """Return the one contact who has this number; of several nobody knows which it is."""
    found = list(Contact.objects.filter(phone=phone, left_at=None)[:2]) if phone else []
    return found[0] if len(found) == 1 else None


def _whose_code(leg: Leg, keys: str, at: datetime) -> Contact | None:
    """Return who shows by a code who they are: by the one on the page of whoever waits for a
    call, from their own number and once, or by their support code."""
    awaited = Callback.objects.waiting().filter(contact=leg.contact).exclude(code="")
    if leg.contact and keys and awaited.filter(code=keys).update(code=""):
        return leg.contact
    return use_keyed_code(keys, at=at)


def _opened(leg: Leg, at: datetime) -> Ticket:
    shown = shown_phone(leg.phone) or _("a number that is not shown")
    with override(leg.language):
        body = _("Telephone call from {number}.").format(number=shown)
    opening = Opening(
        sender=Sender(contact=leg.contact, name=shown, channel=Ticket.Channel.PHONE),
        body=body,
        channel=Ticket.Channel.PHONE,
        surface="phone",
        language=leg.language,
        submission=f"call-{leg.sid}"[:64],
    )
    return open_ticket(opening, at=at)
