"""What the tests of the telephone found, step by step, each with the time that it took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _

from answerable.channels.voice.twilio.account import address
from answerable.channels.voice.twilio.client import Failed, Twilio
from answerable.channels.voice.twilio.models import Leg, Telephone
from answerable.channels.voice.twilio.words import why_words

ARRIVED, HUNG_UP, TEXTED = "calls/", "calls/status/", "texts/"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a test: what was done, whether it worked, after how many seconds; None is
    one that is still waited for."""

    says: str
    is_fine: bool | None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Tested:
    """The steps of a test, and what to do where one failed, "" else. `is_over`: nothing more
    will come."""

    steps: tuple[Step, ...]
    advice: str = ""
    is_over: bool = True
    can_point: bool = False


def account_tested(telephone: Telephone) -> Tested:
    """Ask the provider for the account and for our number, and say what was found."""
    twilio, steps = Twilio(telephone), []
    try:
        _account, step = _timed(twilio.account, _("The provider knows the account"))
        steps.append(step)
        number, step = _timed(twilio.number, _("The account has our number"))
        steps.append(step)
    except Failed as failed:
        steps.append(Step(_("The provider answers"), False))
        return Tested(tuple(steps), why_words(failed.why or failed.problem))
    if number is None:
        steps[-1] = Step(_("The account has our number"), False, steps[-1].seconds)
        return Tested(tuple(steps), why_words("our_number"))
    comes = is_pointed_here(number)
    says = _("Calls and text messages to the number come here")
    steps.append(Step(says, comes, steps[-1].seconds))
    advice = "" if comes else _("Let the number's calls come here, or enter the addresses.")
    return Tested(tuple(steps), advice, can_point=not comes)


def is_pointed_here(number: dict[str, Any]) -> bool:
    """Say whether our number's calls, the news of their end, and its text messages come to our
    addresses."""
    told = (number.get("voice_url"), number.get("status_callback"), number.get("sms_url"))
    return told == (address(ARRIVED), address(HUNG_UP), address(TEXTED))


def call_tested(leg: Leg) -> Tested:
    """Return how a test call went, or goes."""
    facts = leg.facts()
    is_over = facts.is_over or leg.agreed_at is not None
    made = leg.sid is not None
    reached = (
        (_("The provider makes the call"), leg.dialled_at if made else None),
        (_("It rings"), leg.rang_at or leg.answered_at),
        (_("It was answered"), leg.answered_at),
        (_("The key was heard: both ways work"), leg.agreed_at),
    )
    steps = tuple(_step(says, at, leg, is_over) for says, at in reached)
    return Tested(steps, _advice(leg) if is_over else "", is_over)


def _step(says: str, at: datetime | None, leg: Leg, is_over: bool) -> Step:
    if at is not None:
        return Step(says, True, max(0.0, (at - leg.made_at).total_seconds()))
    return Step(says, False if is_over else None)


def _advice(leg: Leg) -> str:
    if leg.agreed_at:
        return ""
    if leg.why:
        return why_words(leg.why)
    if leg.answered_at:
        return _("No key was heard. Press 1 while the voice speaks.")
    return _("Nobody answered. Try again.")


def _timed(ask: Callable[[], Any], says: str) -> tuple[Any, Step]:
    began = monotonic()
    found = ask()
    return found, Step(says, True, monotonic() - began)
