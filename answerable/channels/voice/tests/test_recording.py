"""A call is recorded only with the consent of both, and kept until a day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from answerable.channels.voice.actions.recording import (
    NotAllowed,
    finish,
    finish_recordings,
    forget_recordings,
    keep_piece,
)
from answerable.channels.voice.core.browser import Kind
from answerable.channels.voice.models import Recording
from answerable.channels.voice.tests.test_exchanging import Tab, ana, call, callback, dana, talk
from answerable.files.models import StoredFile
from answerable.files.reading import pieces
from answerable.tickets.models import Attachment, Message

__all__ = ["ana", "call", "callback", "dana"]
SOUND = b"\x1aE\xdf\xa3" + b"one"


@pytest.fixture
def recording(ana: Tab, dana: Tab) -> Recording:
    """A recording that both agreed to."""
    talk(ana, dana)
    ana.says(Kind.ASK_RECORDING)
    dana.says(Kind.ALLOW_RECORDING)
    return Recording.objects.get()


def kept(recording: Recording) -> bytes:
    recording.refresh_from_db()
    assert recording.file
    return b"".join(pieces(recording.file))


def test_nothing_is_kept_before_the_customer_agrees(ana: Tab, dana: Tab, at: datetime) -> None:
    talk(ana, dana)
    ana.says(Kind.ASK_RECORDING)
    asked = Recording.objects.get()
    with pytest.raises(NotAllowed):
        keep_piece(asked, 0, SOUND, at=at)
    dana.says(Kind.STOP_RECORDING)
    dana.says(Kind.ALLOW_RECORDING)
    with pytest.raises(NotAllowed):
        keep_piece(asked, 0, SOUND, at=at)


def test_its_pieces_become_a_file_of_a_note(recording: Recording, at: datetime) -> None:
    for number, sound in ((1, b"two"), (0, SOUND), (0, b"again"), (2, b"three")):
        keep_piece(recording, number, sound, at=at)
    finish(recording, at=at)
    assert kept(recording) == SOUND + b"twothree"
    attachment = Attachment.objects.get()
    assert attachment.message
    assert attachment.message.kind == Message.Kind.NOTE
    assert attachment.message.ticket_id == recording.call.ticket_id
    assert attachment.name.endswith(".webm")
    assert not recording.pieces.exists()
    with pytest.raises(NotAllowed):
        keep_piece(recording, 3, b"four", at=at)


def test_a_tab_that_closes_leaves_what_it_had_sent(recording: Recording, at: datetime) -> None:
    for number, sound in ((0, SOUND), (1, b"two"), (3, b"after a gap")):
        keep_piece(recording, number, sound, at=at)
    Recording.objects.update(ended_at=at)
    assert finish_recordings(at=at + timedelta(seconds=119)) == 0
    assert finish_recordings(at=at + timedelta(seconds=120)) == 1
    assert kept(recording) == SOUND + b"two"


@pytest.mark.parametrize("who", ["ana", "dana"])
def test_either_side_ends_it(
    recording: Recording, ana: Tab, dana: Tab, at: datetime, who: str
) -> None:
    {"ana": ana, "dana": dana}[who].says(Kind.STOP_RECORDING)
    recording.refresh_from_db()
    assert recording.ended_at == at
    assert dana.hears()["call"]["recording"]["state"] == ""


def test_a_call_that_ends_ends_its_recording(
    recording: Recording, ana: Tab, at: datetime
) -> None:
    keep_piece(recording, 0, SOUND, at=at)
    ana.says(Kind.END)
    assert finish_recordings(at=at + timedelta(minutes=2)) == 1
    assert kept(recording) == SOUND


def test_it_is_deleted_when_its_day_has_come(
    recording: Recording, settings: Settings, at: datetime
) -> None:
    settings.ANSWERABLE_RECORDINGS_DAYS = 30
    keep_piece(recording, 0, SOUND, at=at)
    finish(recording, at=at)
    assert forget_recordings(at=at + timedelta(days=30, seconds=-1)) == 0
    assert forget_recordings(at=at + timedelta(days=30)) == 1
    assert not StoredFile.objects.exists()
    assert not Attachment.objects.exists()
    assert Recording.objects.get().file is None


def test_nothing_is_recorded_where_no_day_is_kept(
    ana: Tab, dana: Tab, settings: Settings
) -> None:
    settings.ANSWERABLE_RECORDINGS_DAYS = 0
    talk(ana, dana)
    ana.says(Kind.ASK_RECORDING)
    assert not Recording.objects.exists()
