"""A call of the telephone is recorded by the provider, with the consent of both."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.voice.actions import (
    NotInCall,
    consent,
    hang_up,
    hold_call,
    resume_call,
    stop_recording,
)
from answerable.channels.voice.actions.recording import finish_recordings, forget_recordings
from answerable.channels.voice.models import Call, Recording
from answerable.channels.voice.twilio.actions.recordings import take_over_left
from answerable.channels.voice.twilio.tests.exchange_sound import Sound
from answerable.channels.voice.twilio.tests.lines import Lines, begun
from answerable.telephone.tests.conftest import TODAY
from answerable.tickets.models import Attachment


def at() -> datetime:
    return timezone.now()


@pytest.fixture
def call(here: Cast, lines: Lines) -> Call:
    made = begun(here, TODAY)
    lines.settle()
    return Call.objects.select_related("agent").get(pk=made.pk)


def the_one() -> Recording:
    return Recording.objects.select_related("file").get()


def recorded(here: Cast, lines: Lines, call: Call) -> Sound:
    """Let Dana agree, and the provider record."""
    consent(call, agent=here.ana, at=at())
    lines.settle()
    (sound,) = lines.exchange.recordings.kept.values()
    return sound


def test_it_begins_when_both_agreed_and_that_is_noted(
    here: Cast, lines: Lines, call: Call
) -> None:
    sound = recorded(here, lines, call)
    one = the_one()
    assert None not in (one.agent_agreed_at, one.contact_agreed_at, one.begun_at)
    assert one.provider_key == sound.sid
    line = call.ticket.events.get(verb="call_consented")
    assert (line.agent, line.contact) == (here.ana, here.dana)
    asked = dict(lines.exchange.asked)
    fields = asked[f"POST /Calls/{sound.call}/Recordings.json"]
    assert fields["RecordingTrack"] == "both"


def test_the_sound_becomes_a_file_and_is_deleted_at_the_provider(
    here: Cast, lines: Lines, call: Call
) -> None:
    recorded(here, lines, call)
    hang_up(call, at=at())
    lines.settle()
    lines.exchange.tell_of_recordings()
    lines.settle(doubled=True)
    file = Attachment.objects.get()
    assert file.name.endswith(".mp3")
    assert file.message
    assert file.message.kind == "note"
    assert lines.exchange.recordings.kept == {}
    one = the_one()
    assert (one.provider_key, one.file) == (None, file.file)
    days = one.kept_until - at() if one.kept_until else timedelta()
    assert days > timedelta(days=1)


def test_news_that_is_lost_is_made_up_for(here: Cast, lines: Lines, call: Call) -> None:
    recorded(here, lines, call)
    hang_up(call, at=at())
    lines.settle()
    finish_recordings(at=at())
    assert take_over_left(at=at() + timedelta(minutes=3)) == 1
    assert Attachment.objects.count() == 1
    assert lines.exchange.recordings.kept == {}
    assert take_over_left(at=at() + timedelta(minutes=5)) == 0


def test_it_is_fetched_once_though_the_provider_cannot_delete_it(
    here: Cast, lines: Lines, call: Call
) -> None:
    recorded(here, lines, call)
    stop_recording(call, at=at())
    lines.settle()
    lines.exchange.down = True
    assert take_over_left(at=at() + timedelta(minutes=3)) == 0
    lines.exchange.down = False
    take_over_left(at=at() + timedelta(minutes=3))
    take_over_left(at=at() + timedelta(minutes=5))
    assert Attachment.objects.count() == 1


def test_nothing_is_recorded_while_they_wait_on_the_line(
    here: Cast, lines: Lines, call: Call
) -> None:
    sound = recorded(here, lines, call)
    hold_call(call, at=at())
    lines.settle()
    resume_call(call, at=at())
    lines.settle()
    stop_recording(call, at=at())
    lines.settle()
    assert sound.was == ["paused", "in-progress", "stopped"]


def test_a_provider_that_does_not_record_leaves_nothing(
    here: Cast, lines: Lines, call: Call
) -> None:
    consent(call, agent=here.ana, at=at())
    lines.exchange.down = True
    lines.settle()
    one = the_one()
    assert (one.begun_at, one.provider_key, one.ended_at is None) == (None, None, False)


def test_without_days_or_a_talk_nothing_is_recorded(
    here: Cast, lines: Lines, call: Call, settings: Settings
) -> None:
    with pytest.raises(NotInCall):
        consent(call, agent=here.ben, at=at())
    settings.ANSWERABLE_RECORDINGS_DAYS = 0
    with pytest.raises(NotInCall):
        consent(call, agent=here.ana, at=at())


def test_it_goes_when_its_day_comes(here: Cast, lines: Lines, call: Call) -> None:
    recorded(here, lines, call)
    hang_up(call, at=at())
    lines.settle()
    lines.exchange.tell_of_recordings()
    lines.settle()
    assert forget_recordings(at=at() + timedelta(days=400)) == 1
    assert the_one().file is None
