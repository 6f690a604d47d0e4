"""The cast as rows that were kept: made once by the real actions, put back in a few statements.

Making everybody takes some eighty statements; nearly every test with a database begins so.
"""

from __future__ import annotations

import copy
from datetime import datetime

from django.db.models import Model

from answerable.accounts.models import Agent, Contact, Customer, User
from answerable.cast import Cast
from answerable.entitlements.models import (
    Adoption,
    Contract,
    Designation,
    Plan,
    PlanText,
    PlanVersion,
    Subscription,
)

KINDS: tuple[type[Model], ...] = (
    *(User, Agent, Customer, Contact),
    *(Plan, PlanVersion, PlanText, Subscription, Contract, Adoption, Designation),
)
_kept: dict[datetime, tuple[Cast, list[list[Model]]]] = {}


def cast_at(at: datetime) -> Cast:
    """Return everybody, in this test's database. Nobody shares them with another test."""
    if at not in _kept:
        cast = Cast(at)
        _kept[at] = copy.deepcopy(cast), [list(kind._default_manager.all()) for kind in KINDS]
        return cast
    cast, rows = copy.deepcopy(_kept[at])
    for kind, found in zip(KINDS, rows, strict=True):
        kind._default_manager.bulk_create(found)
    return cast
