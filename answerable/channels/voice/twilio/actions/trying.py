"""Calls a customer's own number, so that they know that we reach them there."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Contact
from answerable.channels.voice.twilio.actions.ringing import ring
from answerable.channels.voice.twilio.models import Leg

# Each call costs: so many in this time, and then no more.
MOST, WITHIN = 3, timedelta(hours=1)


class TriedOften(Exception):
    """A contact had their number called as often as it is."""


@transaction.atomic
def begin_test_of(contact: Contact, *, at: datetime) -> Leg:
    """Let it ring at a contact's own number, and return the leg; it has no call. A test that
    goes on is the one. Raises TriedOften."""
    Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    tests = Leg.objects.filter(side=Leg.Side.TEST, contact=contact, made_at__gt=at - WITHIN)
    if on_its_way := tests.going_on().filter(phone=contact.phone).first():
        return on_its_way
    if tests.count() >= MOST:
        raise TriedOften
    leg = ring(None, Leg.Side.TEST, contact.phone, language=contact.language, at=at)
    leg.contact = contact
    leg.save(update_fields=["contact"])
    return leg
