"""Writes account notes: each change is a version, and what was removed can be put back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import (
    AccountNote,
    AccountNoteVersion,
    Agent,
    Contact,
    Customer,
)
from answerable.live.events import Changed, publish

LONGEST = 5000
# So long a note that was removed can be put back by its number.
KEPT_FOR = timedelta(days=30)


class ChangedMeanwhile(Exception):
    """Somebody else changed or removed the note since it was opened."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What a note says, and whether it stands on top of every ticket."""

    body: str
    is_pinned: bool


@transaction.atomic
def add_note(
    customer: Customer,
    noted: Noted,
    *,
    agent: Agent,
    at: datetime,
    contact: Contact | None = None,
) -> AccountNote:
    """Write a note about an account, or about a person of it."""
    note = AccountNote.objects.create(
        customer=customer,
        contact=contact,
        body=noted.body,
        is_pinned=noted.is_pinned,
        author=agent,
        made_at=at,
        changed_at=at,
    )
    _keep_version(note, agent, at)
    return note


@transaction.atomic
def edit_note(
    note: AccountNote, noted: Noted, *, seen: int, agent: Agent, at: datetime
) -> AccountNote:
    """Write a note anew. `seen` is the version that was on the page; what it said stays kept.

    Raises ChangedMeanwhile where there is a newer one, or it was removed.
    """
    note = AccountNote.objects.select_for_update().get(pk=note.pk)
    if note.number != seen or note.removed_at:
        raise ChangedMeanwhile
    if (note.body, note.is_pinned) == (noted.body, noted.is_pinned):
        return note
    note.body, note.is_pinned = noted.body, noted.is_pinned
    note.number, note.changed_at = note.number + 1, at
    note.save(update_fields=["body", "is_pinned", "number", "changed_at"])
    _keep_version(note, agent, at)
    return note


@transaction.atomic
def remove_note(note: AccountNote, *, agent: Agent, at: datetime) -> None:
    """Show a note no more; removed twice it stays as it was removed first."""
    standing = AccountNote.objects.standing().filter(pk=note.pk)
    if standing.update(removed_at=at, removed_by=agent):
        _tell(note)


@transaction.atomic
def put_back_note(note: AccountNote, *, at: datetime) -> bool:
    """Show a note again that was removed lately; return whether it is there."""
    removed = AccountNote.objects.filter(pk=note.pk, removed_at__gt=at - KEPT_FOR)
    if removed.update(removed_at=None, removed_by=None):
        _tell(note)
        return True
    return AccountNote.objects.standing().filter(pk=note.pk).exists()


def forget_removed(*, at: datetime) -> int:
    """Delete what was removed so long ago that nobody can put it back; return how many."""
    old = AccountNote.objects.filter(removed_at__lt=at - KEPT_FOR)
    return old.delete()[1].get("accounts.AccountNote", 0)


def _keep_version(note: AccountNote, agent: Agent, at: datetime) -> None:
    AccountNoteVersion.objects.create(
        note=note,
        number=note.number,
        body=note.body,
        is_pinned=note.is_pinned,
        agent=agent,
        at=at,
    )
    _tell(note)


def _tell(note: AccountNote) -> None:
    publish(Changed(f"account-{note.customer_id}"))
