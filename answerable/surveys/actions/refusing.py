"""Notes who wants to be asked no more, and who does again."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Contact
from answerable.surveys.models import Refusal


def choose(contact: Contact, *, asked: bool, at: datetime) -> None:
    """Note whether somebody wants to be asked how it went. What they were asked stays open."""
    if asked:
        Refusal.objects.filter(contact=contact).delete()
    else:
        Refusal.objects.get_or_create(contact=contact, defaults={"since": at})
