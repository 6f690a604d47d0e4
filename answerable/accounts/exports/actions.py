"""Writes copies of people's data: asked for, how far one is, there, gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from answerable.accounts.models import Contact, DataExport
from answerable.files.actions import Content, keep
from answerable.live.events import Changed, publish

LASTS = timedelta(days=7)


@transaction.atomic
def ask_for_data(contact: Contact, *, at: datetime) -> tuple[DataExport, bool]:
    """Ask for a copy of somebody's data, and say whether it is to be made: one at a time is."""
    return DataExport.objects.get_or_create(
        contact=contact, ready_at=None, defaults={"asked_at": at}
    )


@transaction.atomic
def note_progress(export: DataExport, *, done: int, total: int) -> None:
    """Note how many requests are in a copy so far, and tell the page that shows it."""
    DataExport.objects.filter(pk=export.pk, ready_at=None).update(done=done, total=total)
    publish(Changed(f"requests-{export.contact_id}"))


@transaction.atomic
def finish(export: DataExport, content: Content, *, at: datetime) -> None:
    """Keep a copy that was made; it is there for a week. One made twice is kept once."""
    held = DataExport.objects.select_for_update().filter(pk=export.pk, ready_at=None).first()
    if held is None:
        return
    held.file, held.ready_at, held.ends_at = keep(content, at=at), at, at + LASTS
    held.save(update_fields=["file", "ready_at", "ends_at"])
    publish(Changed(f"requests-{held.contact_id}"))


def forget_copies(customers: QuerySet[Any]) -> int:
    """Delete the copies of people at some customers, and return how many: what was taken out
    for good may be in them. Who wants theirs asks again."""
    theirs = DataExport.objects.filter(contact__customer__in=customers)
    return theirs.delete()[0]


def forget_ended(*, at: datetime) -> int:
    """Delete copies that have ended, and return how many; their files go with them."""
    return DataExport.objects.filter(ends_at__lte=at).delete()[0]
