"""Changes how many paid seats a contract has."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.entitlements.models import Contract


@transaction.atomic
def set_seats(contract: Contract, seats: int | None, *, by: Agent | None, at: datetime) -> bool:
    """Let a contract have so many paid seats from now on, None for any number; return whether
    that is a change. Whoever has a seat keeps it: fewer only means that none is free."""
    held = Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
    if held.seats == seats:
        return False
    held.seat_changes.create(before=held.seats, after=seats, by=by, at=at)
    held.seats = seats
    held.save(update_fields=["seats"])
    return True
