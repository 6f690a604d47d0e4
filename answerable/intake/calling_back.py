"""Whether somebody who called us in vain can be called back, where, and when."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from phonenumbers import PhoneNumberFormat, format_number

from answerable.accounts.models import Contact
from answerable.entitlements.queries import facts_about
from answerable.intake.asked import Asked
from answerable.intake.calling import calling_for, rules_by
from answerable.intake.offers import Asker, offers_by
from answerable.lib.phones import country_of, is_dear, read_phone
from answerable.tickets.actions import Limits, Wanted


def wanted_by(contact: Contact, phone: str, *, at: datetime) -> Wanted | None:
    """Return how a contact is called back at a number: as soon as somebody is free, or from
    when calls are made again. None where their plan has no calls, or the number is none that we
    call."""
    number = read_phone(phone)
    if number is None or is_dear(number):
        return None
    asker = Asker(contact, facts_about(contact), at, ZoneInfo(contact.zone))
    offers = offers_by(asker, Asked())
    calling, country = calling_for(asker, offers), country_of(number)
    if not calling.is_offered or (calling.countries and country not in calling.countries):
        return None
    return Wanted(
        phone=format_number(number, PhoneNumberFormat.E164),
        country=country,
        at=calling.opens_at,
        rules=rules_by(offers.own_terms),
    )


def call_limits() -> Limits:
    """Return how many calls may be asked for."""
    return Limits(settings.ANSWERABLE_CALLS_PER_PERSON, settings.ANSWERABLE_CALLS_PER_HOUR)
