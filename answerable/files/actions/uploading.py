"""Files that wait to be sent: put beside a text, dropped, handed over, or forgotten in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Sum

from answerable.files.actions.keeping import Content, keep
from answerable.files.core.names import kept_name
from answerable.files.models import Upload

MOST_FILES = 20
# As long as an unsent text is kept on a device.
KEPT_FOR = timedelta(days=30)


# What strangers attach before they sign in goes after a day, and is never more than this.
OF_A_STRANGER = "stranger-"
STRANGERS_FOR = timedelta(days=1)
MOST_OF_STRANGERS = 1024**3


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files that wait for a message: whose they are, for which box, and which of them."""

    owner: str
    place: str
    numbers: tuple[int, ...] = ()


class Full(Exception):
    """There is no room for one more file in this message."""


@transaction.atomic
def put(
    owner: str, place: str, *, content: Content, name: str, declared: str, at: datetime
) -> Upload:
    """Put a file beside the text that somebody writes in a place. Raises Full.

    The same file under the same name, put again, is the one that is there.
    """
    file = keep(content, at=at)
    name = kept_name(name)
    mine = Upload.objects.filter(owner=owner, place=place)
    if there := mine.filter(file=file, name=name).first():
        return there
    used = mine.aggregate(bytes=Sum("file__size"))["bytes"] or 0
    if mine.count() >= MOST_FILES or used + file.size > settings.ANSWERABLE_FILES_MAX_BYTES:
        raise Full
    if owner.startswith(OF_A_STRANGER) and _of_strangers() + file.size > MOST_OF_STRANGERS:
        raise Full
    return Upload.objects.create(
        owner=owner, place=place, file=file, name=name, declared=declared[:100], at=at
    )


def drop(owner: str, place: str, number: int) -> None:
    """Take a file away again; what is not there, or somebody else's, stays as it is."""
    Upload.objects.filter(owner=owner, place=place, pk=number).delete()


def adopt(owner: str, place: str, *, stranger: str) -> None:
    """Let files that a stranger attached be those of whom they turned out to be."""
    Upload.objects.filter(owner=stranger, place=place).update(owner=owner)


def move(waiting: Waiting, *, to: str, at: datetime) -> None:
    """Let files wait in another place, as if they were put there at an instant."""
    mine = Upload.objects.filter(owner=waiting.owner, place=waiting.place)
    mine.filter(pk__in=waiting.numbers).update(place=to, at=at)


def move_waiting(owner: str, place: str, to: str) -> None:
    """Let files that wait beside a text follow it to another place."""
    Upload.objects.filter(owner=owner, place=place).update(place=to)


def hand_over(waiting: Waiting) -> list[Upload]:
    """Return files, which no longer wait: called in the transaction that sends them.

    Each is handed over once: two that send at the same time do not both get it.
    """
    mine = Upload.objects.filter(
        owner=waiting.owner, place=waiting.place, pk__in=waiting.numbers
    )
    held = list(mine.select_for_update(of=("self",)).select_related("file").order_by("pk"))
    Upload.objects.filter(pk__in=[upload.pk for upload in held]).delete()
    return held


def give_back(owner: str, place: str, uploads: Sequence[Upload]) -> None:
    """Let files wait again, of a message that was taken back."""
    for upload in uploads:
        upload.owner, upload.place = owner, place
    Upload.objects.bulk_create(uploads)


def expire(*, at: datetime) -> int:
    """Forget files that nobody sent for thirty days, or a stranger for one; return how many."""
    strangers = Q(owner__startswith=OF_A_STRANGER, at__lt=at - STRANGERS_FOR)
    return Upload.objects.filter(Q(at__lt=at - KEPT_FOR) | strangers).delete()[0]


def _of_strangers() -> int:
    theirs = Upload.objects.filter(owner__startswith=OF_A_STRANGER)
    return int(theirs.aggregate(bytes=Sum("file__size"))["bytes"] or 0)
