"""Who was called and not reached is told by mail how their request goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.channels.email.tests.post import queued
from answerable.channels.voice.tests.calls import asked_by
from answerable.tickets.actions import Attempt, Result, attempt_callback
from answerable.tickets.models import Callback

MINUTE = timedelta(minutes=1)


def miss(callback: Callback, cast: Cast, at: datetime) -> None:
    attempt = Attempt(result=Result.NO_ANSWER, dialed_at=at)
    attempt_callback(callback, attempt, agent=cast.ana, at=at)


@pytest.mark.parametrize(
    ("who", "words"),
    [("dana", "Guaranteed reply by 11:00 (UTC+2)"), ("sam", "We reply as soon as we can.")],
)
def test_after_the_last_call_they_read_by_when_we_reply(
    cast: Cast, at: datetime, who: str, words: str
) -> None:
    callback = asked_by(getattr(cast, who), at)
    miss(callback, cast, at + MINUTE)
    assert not queued("notice")
    miss(callback, cast, at + 6 * MINUTE)
    (mail,) = queued("notice")
    assert "We called 2 times and did not reach you." in mail.text
    assert words in mail.text
