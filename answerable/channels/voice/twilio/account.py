"""The telephone of this installation, and what is to be called of it."""

from __future__ import annotations

from django.conf import settings

from answerable.channels.voice.twilio.client import Twilio
from answerable.channels.voice.twilio.models import Leg, Telephone

BASE = "/telephone/"


def telephone() -> Telephone | None:
    """Return the telephone that is set up, None where there is none or it is off."""
    return Telephone.objects.filter(is_on=True).first()


def provider() -> Twilio | None:
    """Return the provider's API, None where no telephone was set up. One that is off is asked
    for what became of its calls, and cuts them."""
    found = Telephone.objects.first()
    return Twilio(found) if found else None


def address(path: str) -> str:
    """Return an address of ours that the provider calls."""
    return f"{settings.ANSWERABLE_URL}{BASE}{path}"


def leg_address(leg: Leg, what: str) -> str:
    """Return the address that the provider calls about a leg: answered, pressed, status…"""
    return address(f"legs/{leg.key}/{what}/")
