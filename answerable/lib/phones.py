"""Telephone numbers as people write them, and as they are kept."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

LONGEST = 40


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


def shown_phone(kept: str) -> str:
    """Return a kept number as its country writes it for others: +49 30 1234567."""
    number = read_phone(kept)
    if number is None:
        return kept
    return str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))
