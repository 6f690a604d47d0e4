"""The demonstration's product knows its users: a key to sign with, and names for customers."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.actions.widget import (
    NewKey,
    call_customer,
    make_key,
    save_workspace,
)
from answerable.accounts.models import WidgetKey, Workspace
from answerable.accounts.signed import workspace
from answerable.cast.people import Cast


def let_the_product_sign(cast: Cast, *, at: datetime) -> None:
    """Make the key of the made-up product, and say what it calls its customers."""
    save_workspace(workspace().name, origins=[], anonymous=Workspace.Anonymous.SEARCH, at=at)
    make_key(NewKey(name="Fjord", algorithm=WidgetKey.Algorithm.HS256), agent=cast.ida, at=at)
    for key in ("nordwind", "brightwater", "kestrel", "meridian"):
        call_customer(getattr(cast, key), key)
