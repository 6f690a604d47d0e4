"""Keeps files by their content, and forgets those that nobody refers to any more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, ForeignObjectRel, Model, OuterRef

from answerable.files.core.dimensions import dimensions_of
from answerable.files.core.sniff import type_of
from answerable.files.models import FileChunk, StoredFile
from answerable.files.scanning import wake_scanner
from answerable.lib import bulk

Buffer = bytes | bytearray | memoryview

# Long enough that a file is few statements, short enough that a reader waits for none.
PIECE = 256 * 1024
UNREFERRED_FOR = timedelta(days=1)
MOST_AT_ONCE = 500

# Who keeps the same content at the same time waits here for the first. The row is touched, so
# that `tidy` cannot forget it before whoever asked refers to it.
KEEP = """
INSERT INTO files_storedfile (sha256, size, type, width, height, kept_at, verdict, found)
VALUES (%(sha256)s, %(size)s, %(type)s, %(width)s, %(height)s, %(at)s, 'unchecked', '')
ON CONFLICT (sha256) DO UPDATE
    SET kept_at = greatest(files_storedfile.kept_at, excluded.kept_at)
RETURNING id, xmax = 0
"""
WRITE = """
INSERT INTO files_filechunk (file_id, number, data) VALUES (%(file)s, %(number)s, %(data)b)
"""


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes, which can be read from the first on as often as is asked."""

    pieces: Callable[[], Iterable[Buffer]]

    @classmethod
    def of(cls, whole: bytes) -> Content:
        """Return the content of a file that is in memory anyway, without copying it."""
        view = memoryview(whole)
        return cls(lambda: (view[at : at + PIECE] for at in range(0, len(view), PIECE)))


@transaction.atomic
def keep(content: Content, *, at: datetime) -> StoredFile:
    """Keep a file, and return its row; the same content is there once.

    It is read twice: to know what it is, and to write it if it is new.
    """
    row = _measured(content)
    row.kept_at = at
    values = {
        "sha256": row.sha256,
        "size": row.size,
        "type": row.type,
        "width": row.width,
        "height": row.height,
        "at": at,
    }
    ((row.pk, is_new),) = bulk.run(KEEP, values)
    if not is_new:
        return StoredFile.objects.get(pk=row.pk)
    for number, piece in enumerate(_evenly(content.pieces())):
        bulk.run(WRITE, {"file": row.pk, "number": number, "data": piece})
    wake_scanner()
    return row


def tidy(*, at: datetime) -> int:
    """Forget files that nobody has referred to for a day; return how many."""
    old = StoredFile.objects.filter(kept_at__lt=at - UNREFERRED_FOR)
    for model, field in _holders():
        held = model._default_manager.filter(**{field: OuterRef("pk")})
        old = old.exclude(Exists(held))
    numbers = list(old.values_list("pk", flat=True)[:MOST_AT_ONCE])
    with transaction.atomic():
        # One that is asked for meanwhile was touched, and stays.
        held = old.filter(pk__in=numbers).select_for_update(of=("self",), skip_locked=True)
        gone = StoredFile.objects.filter(pk__in=list(held.values_list("pk", flat=True)))
        return gone.delete()[1].get("files.StoredFile", 0)


def forget(file: StoredFile) -> bool:
    """Delete a file now, unless somebody refers to it; return whether it is gone."""
    for model, field in _holders():
        if model._default_manager.filter(**{field: file.pk}).exists():
            return False
    return bool(StoredFile.objects.filter(pk=file.pk).delete()[0])


def _holders() -> Iterator[tuple[type[Model], str]]:
    """Return the tables of whatever room that refer to files, and by which column."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model is not FileChunk:
            yield relation.related_model, relation.field.name


def _measured(content: Content) -> StoredFile:
    digest, size, head = hashlib.sha256(), 0, b""
    for piece in content.pieces():
        if len(head) < PIECE:
            head += piece[: PIECE - len(head)]
        digest.update(piece)
        size += len(piece)
    kind = type_of(head)
    width, height = dimensions_of(head, kind) or (None, None)
    return StoredFile(
        sha256=digest.hexdigest(), size=size, type=kind, width=width, height=height
    )


def _evenly(pieces: Iterable[Buffer]) -> Iterable[bytes]:
    """Return the same bytes in pieces of one size, but for the last."""
    rest = bytearray()
    for piece in pieces:
        rest += piece
        while len(rest) >= PIECE:
            yield bytes(rest[:PIECE])
            del rest[:PIECE]
    if rest:
        yield bytes(rest)
