"""Files are kept once, whole, in pieces, for as long as somebody refers to them."""

from __future__ import annotations

import hashlib
import os
import tracemalloc
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from asgiref.sync import async_to_sync

from answerable.cast import Cast
from answerable.files import actions as files
from answerable.files.actions import Content, Full, Waiting
from answerable.files.actions.keeping import PIECE
from answerable.files.models import FileChunk, StoredFile, Upload
from answerable.files.queries import incomplete_files, waiting
from answerable.files.reading import Missing, pieces, span
from answerable.files.tests.samples import PNG

MB = 1024 * 1024


def put(content: bytes, at: datetime, *, owner: str = "agent-1", name: str = "a.txt") -> Upload:
    return files.put(
        owner, "reply-1", content=Content.of(content), name=name, declared="", at=at
    )


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_it_is_read_as_it_was_kept(db: None, at: datetime, size: int) -> None:
    content = os.urandom(size)
    file = files.keep(Content.of(content), at=at)
    assert b"".join(pieces(file)) == content
    assert (file.size, file.sha256) == (size, hashlib.sha256(content).hexdigest())
    assert file.chunks.count() == -(-size // PIECE)


def test_it_is_cut_into_even_pieces_however_it_comes(db: None, at: datetime) -> None:
    content = os.urandom(2 * PIECE + 5)
    odd = Content(lambda: (content[n : n + 999] for n in range(0, len(content), 999)))
    file = files.keep(odd, at=at)
    assert b"".join(pieces(file)) == content
    assert [len(chunk.data) for chunk in file.chunks.order_by("number")] == [PIECE, PIECE, 5]


@pytest.mark.parametrize(
    ("first", "last"),
    [(0, 0), (PIECE - 1, PIECE), (5, 2 * PIECE + 3), (2 * PIECE, 2 * PIECE + 4)],
)
def test_any_stretch_of_it_can_be_read(db: None, at: datetime, first: int, last: int) -> None:
    content = os.urandom(2 * PIECE + 5)
    file = files.keep(Content.of(content), at=at)

    async def read() -> bytes:
        return b"".join([piece async for piece in span(file, first, last)])

    assert async_to_sync(read)() == content[first : last + 1]


def test_the_same_content_is_kept_once(db: None, at: datetime) -> None:
    first = files.keep(Content.of(PNG), at=at)
    second = files.keep(Content.of(PNG), at=at + timedelta(days=3))
    assert first.pk == second.pk
    assert FileChunk.objects.count() == 1
    assert (second.width, second.height, second.type) == (3, 2, "image/png")
    assert second.kept_at == at + timedelta(days=3)


def test_a_large_file_is_never_whole_in_memory(db: None, at: datetime) -> None:
    piece = os.urandom(MB)

    def content() -> Iterator[bytes]:
        for number in range(25):
            yield number.to_bytes(2) + piece[2:]

    tracemalloc.start()
    file = files.keep(Content(content), at=at)
    for _ in pieces(file):
        continue
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert file.size == 25 * MB
    assert most < 6 * MB


def test_it_says_when_bytes_are_missing(db: None, at: datetime) -> None:
    file = files.keep(Content.of(os.urandom(2 * PIECE)), at=at)
    assert incomplete_files() == 0
    file.chunks.filter(number=1).delete()
    assert incomplete_files() == 1
    with pytest.raises(Missing):
        list(pieces(file))


def test_what_nobody_refers_to_goes_a_day_later(cast: Cast, at: datetime) -> None:
    lonely = files.keep(Content.of(b"lonely"), at=at)
    mine = put(b"mine", at)
    assert files.tidy(at=at + timedelta(hours=23)) == 0
    assert files.tidy(at=at + timedelta(days=2)) == 1
    assert not StoredFile.objects.filter(pk=lonely.pk).exists()
    assert not FileChunk.objects.filter(file=lonely.pk).exists()
    assert b"".join(pieces(mine.file)) == b"mine"


def test_what_was_asked_for_again_stays(db: None, at: datetime) -> None:
    files.keep(Content.of(b"again"), at=at)
    files.keep(Content.of(b"again"), at=at + timedelta(days=2))
    assert files.tidy(at=at + timedelta(days=2, hours=1)) == 0


def test_an_upload_is_its_owners_and_of_its_place(db: None, at: datetime) -> None:
    upload = put(b"mine", at)
    assert waiting("agent-1", "reply-1") == [upload]
    assert waiting("agent-2", "reply-1") == waiting("agent-1", "note-1") == []
    files.drop("agent-2", "reply-1", upload.pk)
    for stranger in (("agent-2", "reply-1"), ("agent-1", "reply-2")):
        assert files.hand_over(Waiting(*stranger, (upload.pk,))) == []
    mine = Waiting("agent-1", "reply-1", (upload.pk,))
    assert files.hand_over(mine) == [upload]
    assert files.hand_over(mine) == []


def test_the_same_upload_again_is_the_one_that_is_there(db: None, at: datetime) -> None:
    assert put(b"mine", at) == put(b"mine", at)
    assert put(b"mine", at) != put(b"mine", at, name="b.txt")


def test_a_message_holds_only_so_much(db: None, at: datetime, settings: object) -> None:
    settings.ANSWERABLE_FILES_MAX_BYTES = 10  # type: ignore[attr-defined]
    put(b"12345678", at)
    with pytest.raises(Full):
        put(b"123", at)
    assert put(b"12", at)


def test_what_was_never_sent_is_forgotten_in_time(db: None, at: datetime) -> None:
    put(b"mine", at)
    assert files.expire(at=at + timedelta(days=29)) == 0
    assert files.expire(at=at + timedelta(days=31)) == 1
    assert files.tidy(at=at + timedelta(days=31)) == 1
