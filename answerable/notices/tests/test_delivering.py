"""What goes out of the desk: push messages, webhooks, telephones; and what is tried again."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import now
from pytest_django import Settings

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.voice.twilio.tests.exchange import Person
from answerable.channels.voice.twilio.tests.lines import lines_open
from answerable.lib.sealing import seal
from answerable.lib.tests.web import Web
from answerable.notices import actions
from answerable.notices.actions import delivering
from answerable.notices.actions.wishing import Browser
from answerable.notices.models import Delivery, Notice, PushSubscription, Receiver, VapidKey
from answerable.notices.tests.pushed import PushService
from answerable.notices.tests.scene import due_of, minutes, tick, with_the_table
from answerable.tickets.actions import resolve, take
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical

State = Delivery.State


def send(at: datetime, *, urgent: bool = True) -> int:
    return actions.deliver(urgent=urgent, clock=lambda: at)


def subscribed(agent: Agent, pushes: PushService, at: datetime) -> None:
    browser = pushes.browser
    actions.keep_key(at=at)
    theirs = Browser(pushes.endpoint, browser.p256dh, browser.auth, "Firefox")
    actions.subscribe(agent, theirs, None, at=at)


def hurried(cast: Cast, at: datetime) -> tuple[Ticket, datetime]:
    """Return a ticket of Ana's with less than five minutes, and that instant."""
    ticket = opened(cast.dana, at)
    take(ticket, agent=cast.ana, at=at)
    hurries = due_of(ticket) - minutes(5)
    tick(hurries)
    return ticket, hurries


def receiver(kind: str, web: Web, at: datetime, **more: Any) -> Receiver:
    facts = {
        "name": kind,
        "kind": kind,
        "address": seal(web.put("/hook", b"ok", more.pop("status", 200))),
        "secret": seal("the key"),
        "matters": ["critical", "hurry", "nobody"],
        **more,
    }
    return actions.save_receiver(Receiver(**facts), at=at)


def bodies(web: Web) -> list[dict[str, Any]]:
    return [json.loads(body) for body in web.bodies]


def test_a_push_message_says_what_is_wrong_to_its_browser_alone(
    cast: Cast, at: datetime, pushes: PushService
) -> None:
    subscribed(cast.ana, pushes, at)
    ticket, when = hurried(cast, at)
    assert send(when) == 1
    (said,) = pushes.read
    assert said["body"].startswith(f"#{ticket.pk} ")
    assert "5 min left" in said["body"]
    assert said["stays"] is True
    assert said["url"] == f"/desk/tickets/{ticket.pk}/"
    assert Delivery.objects.get().state == State.DELIVERED
    assert ticket.subject.encode() not in pushes.web.bodies[0]


def test_a_subscription_that_has_ended_is_removed(
    cast: Cast, at: datetime, pushes: PushService
) -> None:
    subscribed(cast.ana, pushes, at)
    pushes.is_gone = True
    _ticket, when = hurried(cast, at)
    send(when)
    assert not PushSubscription.objects.exists()
    assert Delivery.objects.get().state == State.FAILED


def test_the_key_of_push_messages_is_made_once_and_sealed(cast: Cast, at: datetime) -> None:
    first = actions.keep_key(at=at)
    assert actions.keep_key(at=at).public == first.public
    assert "PRIVATE KEY" not in VapidKey.objects.get().private


def test_a_key_that_nobody_can_open_is_made_anew_with_its_browsers(
    cast: Cast, at: datetime, pushes: PushService, settings: Settings
) -> None:
    subscribed(cast.ana, pushes, at)
    first = actions.keep_key(at=at).public
    settings.SECRET_KEY = "another secret key, by which nothing was sealed before"
    assert actions.keep_key(at=at).public != first
    assert not PushSubscription.objects.exists()


def test_slack_is_told_without_the_customers_words_unless_that_is_on(
    cast: Cast, at: datetime, web: Web
) -> None:
    with_the_table(cast)
    receiver("slack", web, at)
    ticket = opened_critical(cast.mara, at)
    tick(at)
    send(at)
    (said,) = bodies(web)
    assert said["text"].startswith(f"Business-critical: nobody has #{ticket.pk}. Reply by ")
    assert said["blocks"][1]["elements"][0]["url"].endswith(f"/desk/tickets/{ticket.pk}/")
    assert ticket.subject not in json.dumps(said)
    assert "Kestrel" not in json.dumps(said)
    Receiver.objects.update(with_text=True)
    tick(at + minutes(3))
    send(at + minutes(3))
    assert "Kestrel Robotics" in bodies(web)[1]["text"]


def test_teams_is_told_by_an_adaptive_card(cast: Cast, at: datetime, web: Web) -> None:
    receiver("teams", web, at, status=202)
    _ticket, when = hurried(cast, at)
    send(when)
    (attached,) = bodies(web)[0]["attachments"]
    assert attached["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attached["content"]["type"] == "AdaptiveCard"
    assert "less than 5 minutes" in attached["content"]["body"][0]["text"]


def test_a_pager_hears_one_incident_that_is_acknowledged_and_resolved(
    cast: Cast, at: datetime, web: Web
) -> None:
    with_the_table(cast)
    receiver("pagerduty", web, at, status=202)
    ticket = opened_critical(cast.mara, at)
    for minute in (0, 3):
        tick(at + minutes(minute))
        send(at + minutes(minute))
    take(ticket, agent=cast.ana, at=at + minutes(4))
    for minute in (4, 5):
        tick(at + minutes(minute))
        send(at + minutes(minute))
    said = bodies(web)
    assert {one["routing_key"] for one in said} == {"the key"}
    assert len({one["dedup_key"] for one in said}) == 1
    actions_told = [one["event_action"] for one in said]
    assert actions_told == ["trigger", "trigger", "acknowledge"]
    assert said[0]["payload"]["severity"] == "critical"
    ticket.refresh_from_db()
    resolve(ticket, agent=cast.ana, contact=None, reason="was a test", at=at + minutes(6))
    tick(at + minutes(6))
    send(at + minutes(6))
    assert bodies(web)[-1]["event_action"] == "resolve"


def test_plain_json_is_signed(cast: Cast, at: datetime, web: Web) -> None:
    receiver("plain", web, at)
    ticket, when = hurried(cast, at)
    send(when)
    _method, _path, headers = web.asked[0]
    stamp, signed = headers["Answerable-Signature"].split(",")
    text = stamp.removeprefix("t=").encode() + b"." + web.bodies[0]
    assert signed == "v1=" + hmac.new(b"the key", text, hashlib.sha256).hexdigest()
    assert bodies(web)[0]["ticket"] == ticket.pk
    assert headers["Idempotency-Key"] == f"answerable-{bodies(web)[0]['id']}"


def test_what_the_other_side_cannot_take_is_tried_again_later_each_time(
    cast: Cast, at: datetime, web: Web
) -> None:
    receiver("slack", web, at, status=503)
    _ticket, when = hurried(cast, at)
    send(when)
    row = Delivery.objects.get(way="webhook")
    assert (row.state, row.next_at, row.answer) == (
        *(State.WAITING, when + minutes(5 / 60), "503: ok"),
    )
    assert send(when + minutes(4 / 60)) == 0
    web.put("/hook", b"ok")
    assert send(when + minutes(5 / 60)) == 1
    row.refresh_from_db()
    assert (row.state, row.tries) == (State.DELIVERED, 2)


def test_a_receiver_that_fails_too_often_is_switched_off_and_says_why(
    cast: Cast, at: datetime, web: Web
) -> None:
    told = receiver("slack", web, at, status=403)
    for number in range(5):
        assert Receiver.objects.get().off_at is None, number
        actions.send_test(told, at=at)
        send(at)
    told.refresh_from_db()
    assert told.off_why == "403: ok"
    hurried(cast, at)
    assert not Delivery.objects.filter(matter="hurry").exists()
    web.put("/hook", b"ok")
    actions.switch(told, on=True, at=at)
    actions.send_test(told, at=at)
    send(at)
    assert bodies(web)[-1]["text"].startswith("This is a test from ")


def test_what_a_process_died_with_goes_out_by_the_next_one(
    cast: Cast, at: datetime, web: Web
) -> None:
    receiver("slack", web, at)
    _ticket, when = hurried(cast, at)
    with transaction.atomic():
        assert len(delivering._held(when, urgent=True)) == 1
    assert send(when) == 0
    assert send(when + minutes(1)) == 1
    assert len(web.bodies) == 1


def test_the_key_that_claims_works_on_the_telephone(cast_now: Cast, settings: Settings) -> None:
    with_the_table(cast_now)
    begun = now()
    with lines_open(settings, at=begun) as lines:
        lines.exchange.people["+4915112345671"] = Person(keys=["1"])
        ticket = opened_critical(cast_now.mara, begun)
        for minute in (0, 3, 7.5):
            tick(begun + minutes(minute))
            send(begun + minutes(minute))
        lines.settle()
    ticket.refresh_from_db()
    assert ticket.assignee == cast_now.ben
    assert Delivery.objects.get(way="phone").state == State.DELIVERED
    heard = " ".join(lines.exchange.line_to("+4915112345671").heard)
    assert "Business-critical: Kestrel Robotics" in heard
    assert "Press 1 to claim" in heard


def test_a_text_message_says_it_with_a_link(cast_now: Cast, settings: Settings) -> None:
    with_the_table(cast_now)
    begun = now()
    with lines_open(settings, at=begun) as lines:
        opened_critical(cast_now.mara, begun)
        for minute in (0, 12):
            tick(begun + minutes(minute))
            send(begun + minutes(minute))
    sent = [fields for what, fields in lines.exchange.asked if what.endswith("Messages.json")]
    assert [one["To"] for one in sent] == ["+4915112345672"]
    assert "/desk/tickets/" in sent[0]["Body"]
    assert Notice.objects.filter(agent=cast_now.ravi).exists()


@pytest.mark.parametrize("kind", ["slack", "teams", "pagerduty", "plain"])
def test_a_test_says_that_it_is_one(cast: Cast, at: datetime, web: Web, kind: str) -> None:
    told = receiver(kind, web, at)
    actions.send_test(told, at=at)
    send(at)
    assert "This is a test from" in json.dumps(bodies(web)[0])
    assert Delivery.objects.get().answer == "200: ok"
