"""The ways to reach us say what is true for this person now, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.entitlements.core.plan import Channel, Kind
from answerable.intake.asked import Asked
from answerable.intake.channels import Channels, channels_for
from answerable.routing.tests.scenes import there
from answerable.sla.tests.plans import row, sold
from answerable.tickets.actions import (
    Attempt,
    Opening,
    Result,
    Sender,
    Wanted,
    attempt_callback,
    request_callback,
)
from answerable.tickets.models import Ticket

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
FIVE = row("callback_start", 5 * MINUTE)


def seen(contact: Contact | None, at: datetime, **asked: str) -> Channels:
    return channels_for(contact, Asked(**asked), at, BERLIN)


def lines(channels: Channels, channel: str) -> tuple[str, ...]:
    return next(card.lines for card in channels.cards if card.channel == channel)


def called(cast: Cast, at: datetime, waited: timedelta) -> None:
    """Let Olive have waited for a call that reached her."""
    opening = Opening(
        sender=Sender(contact=cast.olive, channel=Ticket.Channel.CALLBACK),
        body="Call me",
        channel=Ticket.Channel.CALLBACK,
    )
    wanted = Wanted(phone="+442079460123", country="GB")
    callback = request_callback(opening, wanted, contact=cast.olive, at=at - waited)
    attempt = Attempt(
        result=Result.CONNECTED, dialed_at=at, connected_at=at, seconds=60, summary="Done"
    )
    attempt_callback(callback, attempt, agent=cast.ana, at=at)


def test_w_06_the_promise_stands_on_the_card_of_who_has_it(cast: Cast, at: datetime) -> None:
    channels = seen(cast.dana, at)
    email = channels.cards[0]
    assert email.said == "Email. Guaranteed reply by 11:00 today (UTC+2)."
    assert email.lines == ("Guaranteed reply by 11:00 today (UTC+2)",)
    assert email.critical == "Business-critical: by 10:30 today"
    assert (channels.standing.state, channels.recommended) == ("entitled", "email")
    assert channels.language == "Specialists reply in English."


def test_w_06_nobody_else_reads_of_a_guarantee(cast: Cast, at: datetime) -> None:
    channels = seen(cast.sam, at)
    said = " ".join([*lines(channels, "email"), channels.cards[0].said])
    assert "This is not a guarantee." in said
    assert "Guaranteed reply by" not in said
    assert channels.standing.state == "aimed"


def test_w8_outside_hours_the_cards_keep_the_truth(cast: Cast, at: datetime) -> None:
    saturday = at + timedelta(days=5)
    office = row("first_response", 60 * MINUTE, severity="standard", calendar="office")
    critical = row("first_response", 30 * MINUTE, severity="business_critical")
    sold(cast, at, office, critical)
    channels = seen(cast.dana, saturday)
    assert channels.outside == (
        "Specialists are back Mon 08:00 (Berlin).",
        "Business-critical: guaranteed reply within 30 minutes, day and night.",
    )
    assert lines(channels, "email")[0] == (
        "Our clock starts Mon 08:00. Guaranteed reply by Mon 09:00."
    )


def test_a_call_that_is_promised_is_offered_while_somebody_has_room(
    cast: Cast, at: datetime
) -> None:
    sold(cast, at, FIVE)
    there(cast.ana, at=at)
    assert lines(seen(cast.dana, at), "callback") == ("We call within 5 minutes",)
    sold(cast, at, replace(FIVE, kind=Kind.AIM))
    assert lines(seen(cast.dana, at), "callback") == (
        "We aim to call within 5 minutes. This is not a guarantee.",
    )


def test_w_07_no_call_is_promised_that_nobody_could_make(cast: Cast, at: datetime) -> None:
    sold(cast, at, FIVE)
    there(cast.ana, at=at)
    for minutes in range(12, 20):
        called(cast, at - minutes * MINUTE, waited=14 * MINUTE)
    opening = Opening(sender=Sender(contact=cast.kim), body="Call", channel="callback")
    request_callback(
        opening, Wanted(phone="+4930901820", country="DE"), contact=cast.kim, at=at
    )
    assert lines(seen(cast.dana, at), "callback") == ("Next call in about 15 minutes.",)
    there(cast.ben, at=at)
    assert lines(seen(cast.dana, at), "callback") == ("We call within 5 minutes",)


def test_what_others_waited_is_said_where_it_is_sooner(cast: Cast, at: datetime) -> None:
    sold(cast, at, FIVE)
    for minutes in range(8):
        called(cast, at - minutes * MINUTE, waited=MINUTE * 2.5)
    assert lines(seen(cast.dana, at), "callback") == (
        "We call within 5 minutes",
        "Now: about 3 minutes",
    )
    assert len(lines(seen(cast.dana, at + timedelta(hours=3)), "callback")) == 1


def test_no_wait_is_invented(cast: Cast, at: datetime) -> None:
    sold(cast, at, FIVE)
    there(cast.ana, at=at)
    opening = Opening(sender=Sender(contact=cast.kim), body="Call", channel="callback")
    request_callback(
        opening, Wanted(phone="+4930901820", country="DE"), contact=cast.kim, at=at
    )
    assert lines(seen(cast.dana, at), "callback") == ("We call you when a specialist is free.",)


def test_outside_its_hours_a_call_is_no_button(cast: Cast, at: datetime) -> None:
    channels = dict(cast.premium.terms.channels)
    channels["callback"] = Channel("callback", "callback", (), (), "office")
    sold(cast, at, FIVE, channels=channels)
    later = seen(cast.dana, at + timedelta(days=5))
    card = next(card for card in later.cards if card.channel == "callback")
    assert (card.kind, card.action) == ("closed", "")
    assert card.lines[0].startswith("No one can call before Mon 08:00. Email is answered by")


def test_what_is_not_in_the_plan_is_said_and_not_shown(cast: Cast, at: datetime) -> None:
    channels = dict(cast.premium.terms.channels)
    del channels["callback"], channels["chat"]
    sold(cast, at, channels=channels)
    seen_now = seen(cast.dana, at)
    assert [card.channel for card in seen_now.cards] == ["email"]
    assert "Phone support is not part of your plan." in seen_now.absent


def test_where_a_channel_is_not_offered_it_is_not_shown(cast: Cast, at: datetime) -> None:
    assert len(seen(cast.dana, at).cards) == 3
    assert len(seen(cast.dana, at, surface="app").cards) == 1


def test_the_number_to_call_stands_with_its_hours(cast: Cast, at: datetime) -> None:
    channels = dict(cast.premium.terms.channels)
    channels["phone"] = Channel("phone", "phone", (), (), None, "+49 30 901820")
    sold(cast, at, channels=channels)
    hotline = seen(cast.dana, at).hotline
    assert hotline is not None
    assert hotline.words == "Or call +49 30 901820, 24 hours"
    assert hotline.dialled == "+4930901820"


@pytest.mark.parametrize("who", ["tom", "mara"])
def test_w_20_nobody_is_left_without_a_way(cast: Cast, at: datetime, who: str) -> None:
    channels = seen(getattr(cast, who), at)
    assert channels.standing.action == "Send a standard request"
    assert [card.channel for card in channels.cards] == ["email"]
    assert channels.cards[0].action


def test_w9_it_says_what_is_not_in_the_plan_and_who_can_add_it(
    cast: Cast, at: datetime
) -> None:
    standing = seen(cast.tom, at).standing
    assert standing.heading == "Premium Support is not part of your plan"
    assert standing.sentences == (
        "Meridian Foods has the Professional plan. "
        "You can search articles or send a standard request.",
        "Super Admins who can add it: Tom Reyes.",
    )


def test_w12_it_says_that_it_ended(cast: Cast, at: datetime) -> None:
    standing = seen(cast.mara, at).standing
    assert (
        standing.heading == "Premium Support for Kestrel Robotics ended on 20 September 2025."
    )
    assert standing.sentences == ("Your past requests stay readable.",)


def test_w11_a_stranger_is_asked_to_sign_in(cast: Cast, at: datetime) -> None:
    channels = seen(None, at)
    assert channels.standing.heading == "Sign in to contact Premium Support"
    assert channels.cards == ()


def test_no_plan_is_named_to_strangers_where_there_are_several(
    cast: Cast, at: datetime
) -> None:
    sold(cast, at)
    assert seen(None, at).standing.heading == "Sign in to contact support"
    assert seen(cast.tom, at).standing.heading == "Support is not part of your plan"


def test_who_reads_another_language_is_told_what_specialists_reply_in(
    cast: Cast, at: datetime, settings: Any
) -> None:
    cast.dana.language = "de"
    channels = seen(cast.dana, at)
    assert (channels.is_foreign, channels.language) == (True, "Specialists reply in English.")
    settings.ANSWERABLE_TRANSLATION_MESSAGES = True
    assert seen(cast.dana, at).language == "Specialists reply in English."
    settings.ANSWERABLE_TRANSLATION_URL = "https://translate.example"
    translated = "Specialists reply in English. We can translate your message and our replies."
    assert seen(cast.dana, at).language == translated
    cast.dana.language = "en"
    assert seen(cast.dana, at).language == "Specialists reply in English."


def test_a_way_with_languages_of_its_own_says_so_on_its_card(cast: Cast, at: datetime) -> None:
    ways = {**cast.premium.terms.channels}
    ways["form"] = replace(ways["form"], languages=("en", "de"))
    sold(cast, at, channels=ways)
    assert seen(cast.dana, at).cards[0].language == "Specialists reply in English, German."
