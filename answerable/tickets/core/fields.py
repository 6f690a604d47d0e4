"""What is entered in a field of a vendor's own: checked, and made one thing. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from decimal import Decimal

TEXT, LONG_TEXT, NUMBER, DATE = "text", "long_text", "number", "date"
CHOICE, CHOICES, YES_NO = "choice", "choices", "yes_no"
KINDS = (TEXT, LONG_TEXT, NUMBER, DATE, CHOICE, CHOICES, YES_NO)
LONGEST = {TEXT: 200, LONG_TEXT: 10_000}
YES, NO = "yes", "no"

Value = str | Decimal | date | bool | tuple[str, ...]
Said = str | Sequence[str]

A_NUMBER = re.compile(r"([+-]?)([0-9]{1,18})(?:[.,]([0-9]{1,6}))?")
A_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Unfit(Exception):
    """What was entered is not of the field's kind. `why` is the kind, or "long"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def checked(kind: str, said: Said, choices: Collection[str] = ()) -> Value | None:
    """Return what was entered as it is kept, None where nothing was.

    Spaces around it are nothing, a number has a point or a comma before its fraction, a date is
    written YYYY-MM-DD, and choices are named by their keys. Raises Unfit.
    """
    if kind == CHOICES:
        return _several([said] if isinstance(said, str) else said, choices)
    one = said if isinstance(said, str) else "".join(said[:1])
    text = one.strip() if kind == LONG_TEXT else " ".join(one.split())
    if not text:
        return None
    if kind in LONGEST and len(text) > LONGEST[kind]:
        raise Unfit("long")
    if kind == CHOICE and text not in choices:
        raise Unfit(CHOICE)
    return READERS[kind](text) if kind in READERS else text


def typed(value: Value | None) -> Said:
    """Return a value as it is typed, so that it is entered again as what it is."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool):
        return YES if value else NO
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _several(said: Sequence[str], choices: Collection[str]) -> tuple[str, ...] | None:
    chosen = {one.strip() for one in said} - {""}
    if chosen - set(choices):
        raise Unfit(CHOICES)
    return tuple(sorted(chosen)) or None


def _number(text: str) -> Decimal:
    found = A_NUMBER.fullmatch(text.replace(" ", ""))
    if not found:
        raise Unfit(NUMBER)
    sign, whole, part = found.groups()
    number = Decimal(f"{sign}{whole}.{part or '0'}").normalize()
    return number if number else Decimal(0)


def _date(text: str) -> date:
    if not A_DATE.fullmatch(text):
        raise Unfit(DATE)
    try:
        return date.fromisoformat(text)
    except ValueError as no_day:
        raise Unfit(DATE) from no_day


def _flag(text: str) -> bool:
    if text not in {YES, NO}:
        raise Unfit(YES_NO)
    return text == YES


READERS: dict[str, Callable[[str], Value]] = {NUMBER: _number, DATE: _date, YES_NO: _flag}
