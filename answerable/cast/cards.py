"""The demonstration's product says what it knows of an account beside each ticket."""

from __future__ import annotations

from datetime import datetime
from secrets import token_urlsafe

from django.conf import settings

from answerable.cards.actions import Described, save_source
from answerable.cards.asking import DEMO_CARDS
from answerable.cards.models import CardSource
from answerable.cast.people import Cast


def let_the_product_say(cast: Cast, *, at: datetime) -> None:
    """Let Ida have named the made-up product's server, which shares a secret with us."""
    described = Described(
        name="Fjord",
        url=f"{settings.ANSWERABLE_URL}{DEMO_CARDS}",
        secret=token_urlsafe(32),
        plans=(),
        products=(),
        seconds=2.0,
        fresh_for=300,
        place=1,
        is_on=True,
    )
    save_source(CardSource(), described, agent=cast.ida, at=at)
