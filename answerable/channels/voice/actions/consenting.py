"""Records calls of the telephone: the agent asks aloud, and says that the customer agreed.

A provider records, and what it recorded is taken over (twilio/actions/recordings.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from answerable.accounts.models import Agent
from answerable.channels.voice.actions.handing import NotInCall
from answerable.channels.voice.actions.held import hold_call_row
from answerable.channels.voice.actions.recording import MP3, keep_file
from answerable.channels.voice.models import Call, Recording
from answerable.channels.voice.ways import Act, way_of
from answerable.files.actions import Content
from answerable.lib.locks import locked
from answerable.live.events import Changed, publish
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent


@transaction.atomic
def consent(call: Call, *, agent: Agent, at: datetime) -> Recording:
    """Note that the customer agreed aloud to a recording, and begin it; return it.

    One that runs is the one that there is. Raises NotInCall where nobody talks, or the way
    cannot record.
    """
    held = hold_call_row(call)
    talks = held.state == Call.State.CONNECTED and held.agent_id == agent.pk
    if not talks or Act.RECORD not in way_of(held).shown(held).acts:
        raise NotInCall
    before = held.recordings.going_on().first()
    if before is not None:
        return before
    recording = held.recordings.create(agent_agreed_at=at, contact_agreed_at=at)
    data = {"call": held.pk, "recording": recording.pk}
    record(
        TicketEvent(
            ticket=held.ticket,
            verb=Verb.CALL_CONSENTED,
            agent=agent,
            contact=held.contact,
            at=at,
            data=data,
        )
    )
    way_of(held).record(recording, at=at)
    _tell(held)
    return recording


@transaction.atomic
def stop_recording(call: Call, *, at: datetime) -> None:
    """End what is recorded of a call by its way; the provider is asked to."""
    held = hold_call_row(call)
    for recording in held.recordings.going_on():
        way_of(held).stop_recording(recording, at=at)
        Recording.objects.filter(pk=recording.pk).update(ended_at=at)
    _tell(held)


def begun(recording: Recording, key: str, *, at: datetime) -> None:
    """Note that the provider records, and what it calls that."""
    Recording.objects.filter(pk=recording.pk).update(begun_at=at, provider_key=key or None)
    _tell(recording.call)
    fresh = Recording.objects.select_related("call").get(pk=recording.pk)
    if fresh.ended_at is not None:  # Ended before it began: the provider does not know yet.
        way_of(fresh.call).stop_recording(fresh, at=at)


def not_begun(recording: Recording, *, at: datetime) -> None:
    """Note that the provider does not record."""
    Recording.objects.filter(pk=recording.pk, ended_at=None).update(ended_at=at)
    _tell(recording.call)


@transaction.atomic
def keep_sound(recording: Recording, sound: bytes, *, at: datetime) -> None:
    """Keep what a provider recorded, once, as a file of a note, until its day comes."""
    rows = locked(Recording.objects.filter(pk=recording.pk))
    held = rows.select_related("call__ticket", "call__agent", "call__contact").get()
    if held.kept_until is not None:
        return
    held.ended_at = held.ended_at or at
    held.kept_until = at + timedelta(days=settings.ANSWERABLE_RECORDINGS_DAYS)
    held.save(update_fields=["ended_at", "kept_until"])
    if sound:
        keep_file(held, Content(lambda: iter([sound])), MP3, at=at)


def without_sound(recording: Recording, *, at: datetime) -> None:
    """Note that there is no sound of what was recorded."""
    Recording.objects.filter(pk=recording.pk, kept_until=None).update(kept_until=at)


def forgotten_at_provider(recording: Recording) -> None:
    """Note that the provider has a recording no more."""
    Recording.objects.filter(pk=recording.pk).update(provider_key=None)


def _tell(call: Call) -> None:
    publish(Changed(f"call-{call.key}"), Changed(f"ticket-{call.ticket_id}"))
