"""Who was called and not reached is told by mail how their request goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.channels.email.tests.post import queued
from answerable.channels.voice.tests.calls import asked_by
from answerable.tickets.actions import Attempt, Result, attempt_callback
from answerable.tickets.core.calling import Rules
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
    miss(callback, cast, at + 6 * MINUTE)
    *_, mail = queued("notice")
    assert "We called 2 times and did not reach you." in mail.text
    assert words in mail.text


def test_at_the_first_miss_they_read_when_we_try_again_and_where_to_change_that(
    cast: Cast, at: datetime
) -> None:
    miss(asked_by(cast.dana, at), cast, at + MINUTE)
    (mail,) = queued("notice")
    assert "We try again at 10:06 (UTC+2)" in mail.text
    assert "/contact/call/" in mail.text
    assert mail.contact == cast.dana


def test_a_second_miss_that_is_not_the_last_is_no_mail_of_its_own(
    cast: Cast, at: datetime
) -> None:
    callback = asked_by(cast.dana, at, Rules(attempts=3))
    miss(callback, cast, at + MINUTE)
    miss(callback, cast, at + 6 * MINUTE)
    assert len(queued("notice")) == 1


def test_who_wants_no_replies_by_mail_is_not_told_of_the_first_miss(
    cast: Cast, at: datetime
) -> None:
    cast.dana.mailed_replies = False
    cast.dana.save(update_fields=["mailed_replies"])
    miss(asked_by(cast.dana, at), cast, at + MINUTE)
    assert not queued("notice")
