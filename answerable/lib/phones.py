"""Telephone numbers as people write them, and as they are kept."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

LONGEST = 40
# What costs who calls more than a call, and pays who is called.
DEAR = {
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PAGER,
    PhoneNumberType.VOICEMAIL,
}


def read_phone(written: str) -> PhoneNumber | None:
    """Return a number that was written with its country code, in any spacing, or None."""
    if len(written) > LONGEST:
        return None
    try:
        number = phonenumbers.parse(written, None)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def kept_phone(written: str) -> str:
    """Return a number as E.164 writes it, such as +49301234567; "" where it is none."""
    number = read_phone(written)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else ""


def country_of(number: PhoneNumber) -> str:
    """Return the country of a number by ISO 3166, as DE; "" where it is of none."""
    found = phonenumbers.region_code_for_number(number) or ""
    return "" if found == "001" else str(found)


def is_dear(number: PhoneNumber) -> bool:
    """Say whether calling a number costs more than a call: premium rates, shared costs, pagers,
    and what belongs to no country, as satellites do."""
    return phonenumbers.number_type(number) in DEAR or not country_of(number)


def shown_phone(kept: str) -> str:
    """Return a kept number as its country writes it for others: +49 30 1234567."""
    number = read_phone(kept)
    if number is None:
        return kept
    return str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))
