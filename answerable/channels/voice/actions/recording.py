"""Records calls: only with the consent of both, in pieces, until a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.channels.voice.models import Call, Recording, RecordingPiece
from answerable.files import actions as files
from answerable.files.actions import Content
from answerable.lib.locks import locked
from answerable.tickets.actions import add_note
from answerable.tickets.actions.attaching import attach_file, forget_attachments
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent

# How a file is named, and what it is.
WEBM, MP3 = ("webm", "audio/webm"), ("mp3", "audio/mpeg")
LARGEST_PIECE = 1024 * 1024
# What was recorded last may come some seconds after it was stopped; later it does not.
COMES_WITHIN = timedelta(minutes=2)


class NotAllowed(Exception):
    """Nothing is recorded here: nobody agreed to it, or it has ended."""


def ask(call: Call, *, at: datetime) -> None:
    """Note that the agent wants to record, and so agrees to it; no sound is kept yet."""
    if settings.ANSWERABLE_RECORDINGS_DAYS:
        Recording.objects.get_or_create(
            call=call, ended_at=None, defaults={"agent_agreed_at": at}
        )


def allow(call: Call, *, at: datetime) -> None:
    """Note that the customer agrees: from now on the call may be recorded."""
    asked = call.recordings.going_on().filter(agent_agreed_at__isnull=False, begun_at=None)
    asked.update(contact_agreed_at=at, begun_at=at)


def stop(call: Call, *, at: datetime) -> None:
    """End what is recorded, or the question whether it may be; either side may, at any time."""
    call.recordings.going_on().update(ended_at=at)


@transaction.atomic
def keep_piece(recording: Recording, number: int, data: bytes, *, at: datetime) -> None:
    """Keep some seconds of a recording; a piece that comes again is the one that is there.

    Raises NotAllowed.
    """
    held = Recording.objects.select_for_update(no_key=True).get(pk=recording.pk)
    is_late = held.ended_at is not None and at - held.ended_at > COMES_WITHIN
    if held.begun_at is None or is_late or held.file_id or len(data) > LARGEST_PIECE:
        raise NotAllowed
    RecordingPiece.objects.get_or_create(recording=held, number=number, defaults={"data": data})


@transaction.atomic
def finish(recording: Recording, *, at: datetime) -> None:
    """Make a file of a recording whose last piece has come."""
    held = _to_finish(Q(pk=recording.pk)).first()
    if held and held.begun_at:
        held.ended_at = held.ended_at or at
        held.save(update_fields=["ended_at"])
        _finish(held, at)


@transaction.atomic
def finish_recordings(*, at: datetime) -> int:
    """Make files of what was recorded and is over, and return how many recordings that were."""
    left = Recording.objects.going_on().filter(call__ended_at__isnull=False)
    for one in left.select_related("call"):
        Recording.objects.filter(pk=one.pk).update(ended_at=one.call.ended_at)
    over = list(_to_finish(Q(ended_at__lte=at - COMES_WITHIN)))
    for recording in over:
        _finish(recording, at)
    return len(over)


def _to_finish(which: Q) -> QuerySet[Recording]:
    # A provider's is taken over from there (consenting.py).
    rows = Recording.objects.filter(which, file=None, kept_until=None, begun_at__isnull=False)
    held = locked(rows.filter(call__way=Call.Way.BROWSER), skips=True)
    return held.select_related("call__ticket", "call__agent", "call__contact")


def _finish(recording: Recording, at: datetime) -> None:
    """Make one file of the pieces that came without a gap, and put it on the ticket as a note.

    What lies behind a gap cannot be played.
    """
    numbers = recording.pieces.order_by("number").values_list("number", flat=True)
    whole = sum(1 for place, number in enumerate(numbers) if place == number)
    recording.kept_until = at + timedelta(days=settings.ANSWERABLE_RECORDINGS_DAYS)
    recording.save(update_fields=["kept_until"])
    if whole:
        keep_file(recording, _content(recording, whole), WEBM, at=at)
    recording.pieces.all().delete()


def keep_file(
    recording: Recording, content: Content, kind: tuple[str, str], *, at: datetime
) -> None:
    """Put the sound of a recording on its ticket, as a file of a note of the call's agent."""
    agent, ticket = recording.call.agent, recording.call.ticket
    if agent is None:
        return
    ending, declared = kind
    recording.file = files.keep(content, at=at)
    recording.save(update_fields=["file"])
    note = add_note(ticket, agent=agent, body=_words(recording), at=at)
    name = _name(recording, ending)
    attach_file(note, recording.file, name=name, declared=declared)
    data = {"call": recording.call_id, "recording": recording.pk}
    record(TicketEvent(ticket=ticket, verb=Verb.CALL_RECORDED, agent=agent, at=at, data=data))


def _content(recording: Recording, whole: int) -> Content:
    pieces = recording.pieces.filter(number__lt=whole).order_by("number")
    return Content(lambda: (bytes(piece.data) for piece in pieces.iterator(20)))


def _words(recording: Recording) -> str:
    """Return the note beside the file, in the vendor's own language."""
    days = settings.ANSWERABLE_RECORDINGS_DAYS
    with translation.override(settings.LANGUAGE_CODE):
        name = recording.call.contact.name if recording.call.contact else _("the customer")
        words = ngettext(
            "Recording of the call with {name}, who agreed to it. Kept for {days} day.",
            "Recording of the call with {name}, who agreed to it. Kept for {days} days.",
            days,
        )
        return words.format(name=name, days=days)


def _name(recording: Recording, ending: str) -> str:
    begun = recording.begun_at or recording.call.dialled_at
    local = timezone.localtime(begun, timezone.get_default_timezone())
    return f"call-{recording.call_id}-{local:%Y-%m-%d-%H%M%S}.{ending}"


@transaction.atomic
def forget_recordings(*, at: datetime) -> int:
    """Delete the sound of recordings whose day has come, and return how many."""
    due = Recording.objects.filter(kept_until__lte=at, file__isnull=False)
    held = list(locked(due, skips=True).select_related("file"))
    for recording in held:
        file, recording.file = recording.file, None
        recording.save(update_fields=["file"])
        if file:
            forget_attachments(file)
            files.forget(file)
    return len(held)
