"""Why is it due then? Steps that add up, in the words that customers and agents read."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.lib import zones
from answerable.sla.actions import reclassify, wake_due
from answerable.sla.models import ClockEntry
from answerable.sla.tests.plans import HOLDS, row, shipped, sold
from answerable.sla.why import Reader, why_all, why_due
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Impact, Opening, Said, Sender
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2025, 10, 24, 14, 45, tzinfo=UTC)  # 16:45 in Berlin, before the clocks change


def customer(at: datetime, zone: str = "Europe/Berlin") -> Reader:
    return Reader(ZoneInfo(zone), at, is_agent=False)


def agent(at: datetime) -> Reader:
    return Reader(BERLIN, at, is_agent=True)


def sent(by: object, at: datetime, *, channel: str = "form", critical: bool = False) -> Ticket:
    impact = Impact(key="sign_in", says="Most or all users cannot sign in or reach tools")
    opening = Opening(
        sender=Sender(contact=by),  # type: ignore[arg-type]  # Everybody of the cast who is a contact.
        body="Exports fail",
        channel=channel,
        surface="web" if channel == "form" else "mail",
        impact=impact if critical else None,
    )
    return tickets.open_ticket(opening, at=at)


def seconds(words: str) -> int:
    units = {"h": 3600, "min": 60, "s": 1}
    return sum(int(n) * units[unit] for n, unit in re.findall(r"(\d+) (h|min|s)", words))


def test_it_shows_an_hour_around_the_clock(cast: Cast, at: datetime) -> None:
    why = why_due(sent(cast.dana, at), customer(at))
    assert [step.kind for step in why.steps] == ["rule", "start", "counted", "due"]
    assert why.steps[0].text.startswith(
        "Premium v1, standard request from a Super Admin through the request form: "
        "first reply within 1 hour, 24×7."  # noqa: RUF001  # The plan's own word.
    )
    assert why.steps[1].text == "Received Mon 20 Oct 2025 10:00:00 (Berlin, UTC+2)."
    assert why.steps[-1].text == "Mon 20 Oct 2025 11:00:00 (Berlin, UTC+2)"
    assert why.steps[-1].sum == "60 min"
    assert not why.refused


def test_d_06_it_counts_an_aim_over_a_weekend_in_which_the_clocks_change(cast: Cast) -> None:
    why = why_due(sent(cast.sam, FRIDAY), agent(FRIDAY))
    kinds = [step.kind for step in why.steps]
    assert kinds == ["rule", "start", "counted", "closed", "counted", "due"]
    assert why.steps[2].sum == "15 min"
    assert "weekend; clocks go back" in why.steps[3].text
    assert why.steps[-1].text == "Mon 27 Oct 2025 16:45:00 (Berlin, UTC+1)"
    assert "Support hours are Mon\u2013Fri 08:00\u201317:00 (Berlin)." in why.steps[0].text
    assert why.refused == (
        "No promise applies: sent by Sam Ortiz, who is not a Super Admin. "
        "Aim: Mon 27 Oct 16:45."
    )


@pytest.mark.parametrize("minutes", [0, 1, 17, 60, 61, 599, 1441, 4000, 9999])
def test_d_05_it_adds_up_from_any_instant(cast: Cast, minutes: int) -> None:
    opened = FRIDAY + timedelta(minutes=minutes, seconds=23, microseconds=456_789)
    for contact, allowance in [(cast.dana, 3600), (cast.sam, 9 * 3600)]:
        why = why_due(sent(contact, opened), customer(opened, "Asia/Tokyo"))
        counted = [seconds(step.sum) for step in why.steps if step.kind == "counted"]
        assert sum(counted) == allowance == seconds(why.steps[-1].sum)


def test_it_gives_times_in_the_readers_zone(cast: Cast, at: datetime) -> None:
    why = why_due(sent(cast.dana, at), customer(at, "Asia/Tokyo"))
    assert why.steps[-1].text == "Mon 20 Oct 2025 18:00:00 (Tokyo, UTC+9)"


def test_it_tells_of_a_change_and_who_made_it(cast: Cast, at: datetime) -> None:
    ticket = sent(cast.dana, at, critical=True)
    claim = tickets.change_claim(
        ticket,
        agent=cast.ana,
        reason="few",
        reason_says="One person or a small group is affected",
        words="One workspace is affected.",
        at=at + timedelta(minutes=5),
    )
    assert claim.notice
    tickets.mark_delivered(claim.notice, at=at + timedelta(minutes=6))
    why = why_due(ticket, customer(at + timedelta(minutes=10)))
    assert why.changes == (
        "Promise replaced at 10:06: Ana Silva changed the severity to standard. "
        "Due changed from 10:30 to 11:00.",
    )
    assert why.steps[-1].text.startswith("Mon 20 Oct 2025 11:00:00")


def test_it_tells_that_the_customer_asked_us_to_wait(cast: Cast, at: datetime) -> None:
    ticket = sent(cast.dana, at)
    tickets.put_on_hold(
        ticket,
        kind="scheduled",
        reason="After their release",
        until=at + timedelta(hours=6),
        agent=cast.ana,
        at=at + timedelta(minutes=5),
    )
    why = why_due(ticket, customer(at + timedelta(minutes=10)))
    said = "Exception: customer asked us to wait until 16:00 (recorded by Ana Silva)."
    assert why.changes[-1] == said


def test_it_says_by_which_rules_of_time_zones_it_was_worked_out(
    cast: Cast, at: datetime
) -> None:
    ticket = sent(cast.dana, at)
    clock = ticket.clocks.get(metric="first_response")
    assert clock.entries.get(verb="start").data["zones"] == zones.database()
    ClockEntry.objects.create(
        clock=clock, verb="move", at=at, recorded_at=at, data={"zones": "2031c"}
    )
    assert why_due(ticket, customer(at)).zones == "Time zones: IANA 2031c."
    assert "Time zones: IANA 2031c." in why_due(ticket, agent(at)).as_text


def test_it_says_how_it_ended(cast: Cast, at: datetime) -> None:
    kept, late = sent(cast.dana, at), sent(cast.kim, at)
    for ticket, minutes in [(kept, 42), (late, 64)]:
        answered = at + timedelta(minutes=minutes)
        wake_due(at=answered)
        message = tickets.answer(ticket, agent=cast.ana, body="Hi", seen=2**62, at=answered)
        tickets.mark_delivered(message, at=answered)
    reader = customer(at + timedelta(hours=2))
    assert why_due(kept, reader).result == (
        "Promise kept: the reply went out Mon 20 Oct 2025 10:42:00 (Berlin, UTC+2), "
        "18 min early."
    )
    assert why_due(late, reader).result == (
        "Missed at Mon 20 Oct 2025 11:00:00 (Berlin, UTC+2). "
        "Done Mon 20 Oct 2025 11:04:00 (Berlin, UTC+2), 4 min late."
    )


def test_it_says_that_a_newer_rule_does_not_apply(cast: Cast, at: datetime) -> None:
    ticket = sent(cast.dana, at)
    document = entitlements.read_plan_file(entitlements.SHIPPED / "premium.toml")
    later = document | {"name": "Premium 2"}
    entitlements.publish_plan(later, at=at + timedelta(minutes=30))
    assert not why_due(ticket, agent(at + timedelta(hours=2))).pinned
    release = entitlements.Release(all_contracts=True)
    entitlements.publish_plan(later, at=at + timedelta(hours=1), release=release)
    assert not why_due(ticket, agent(at)).pinned
    why = why_due(ticket, agent(at + timedelta(hours=2)))
    assert why.pinned == (
        "Plan rule changed on 20 Oct 2025; this ticket keeps the rule it was received under."
    )


def test_it_tells_only_agents_of_slack(cast: Cast, at: datetime) -> None:
    ticket = sent(cast.dana, at)
    assert why_due(ticket, agent(at)).slack == (
        "Due in 1 h 0 min; replies like this usually take 9 min."
    )
    shown = why_due(ticket, customer(at))
    assert not shown.slack
    assert "usually" not in shown.as_text


def test_d_06_it_explains_that_nothing_is_promised(cast: Cast, at: datetime) -> None:
    mara, tom = sent(cast.mara, at), sent(cast.tom, at)
    assert why_due(mara, customer(at)).refused == (
        "This is not a guarantee. Premium for Kestrel Robotics ended on 20 September 2025."
    )
    assert why_due(tom, agent(at)).refused == (
        "No promise applies: Meridian Foods has no contract."
    )
    assert not why_due(tom, agent(at)).steps


def test_it_explains_mail_of_a_super_admin(cast: Cast, at: datetime) -> None:
    why = why_due(sent(cast.dana, at, channel="email"), customer(at))
    assert why.refused == (
        "We aim to reply by Tue 10:00. This is not a guarantee. "
        "The guarantee needs the request form."
    )


def test_it_names_the_rows_that_nearly_applied(cast: Cast, at: datetime) -> None:
    why = why_due(sent(cast.sam, at), agent(at))
    assert why.facts == (
        "Sam Ortiz: member, paid seat, named in no contract.",
        "Sent by the request form, in English, as standard.",
    )
    assert why.near == (
        "First reply, business-critical, guaranteed within 30 minutes, "
        "24\N{MULTIPLICATION SIGN}7: sent by Sam Ortiz, who is not a Super Admin; "
        "the request was standard.",
        "First reply, standard, guaranteed within 1 hour, 24\N{MULTIPLICATION SIGN}7: "
        "sent by Sam Ortiz, who is not a Super Admin.",
    )
    assert "Not this row: First reply, standard" in why.as_text


def test_it_names_what_the_request_is_about_and_what_that_keeps_it_from(
    cast: Cast, at: datetime
) -> None:
    shipped(cast, "github-premium", at=at)
    ticket = opened(cast.dana, at, product="smart_crm", environment="staging")
    (why,) = why_all(ticket, agent(at))[1:]
    assert "About Smart crm, staging." in why.facts
    only = row("first_response", timedelta(hours=1), environments=("production",), key="fast")
    sold(cast, at, only, row("first_response", timedelta(hours=8), key="slow"))
    why = why_due(opened(cast.dana, at, environment="staging"), agent(at))
    assert "About staging." in why.facts
    assert why.near[0].endswith("24\N{MULTIPLICATION SIGN}7: not about production.")
    told = why_due(opened(cast.dana, at, environment="staging"), customer(at))
    assert told.near[0].endswith("Guaranteed times apply to production.")


def test_it_calls_a_severity_what_the_plan_calls_it(cast: Cast, at: datetime) -> None:
    shipped(cast, "zitadel", at=at)
    ticket = opened(cast.dana, at, said=Said(severity="s1"))
    reclassify(ticket, "s2", by=cast.ana, reason="A tenant.", at=at)
    tickets.mark_delivered(ticket.messages.get(kind="notice"), at=at)
    why = why_due(ticket, agent(at))
    assert "Severity 2, request from a person named in the order" in why.steps[0].text
    assert "Ana Silva changed the severity to Severity 2." in why.changes[0]
    assert any(line.startswith("First reply, Severity 3, guaranteed") for line in why.near)


def test_it_says_that_a_promise_waits_for_us_to_set_the_severity(
    cast: Cast, at: datetime
) -> None:
    shipped(cast, "github-premium", at=at)
    ticket = opened(cast.dana, at, said=Said(severity="urgent"))
    why = why_due(ticket, customer(at))
    assert why.refused.startswith(
        "The first reply counts from when we set the severity: 30 min"
    )


def test_a_customer_is_told_of_no_internal_clock(cast: Cast, at: datetime) -> None:
    ticket = sent(cast.dana, at, critical=True)
    assert [why.metric for why in why_all(ticket, agent(at))] == ["first_response", "triage"]
    assert [why.metric for why in why_all(ticket, customer(at))] == ["first_response"]


def test_it_says_that_there_is_no_promise_once(cast: Cast, at: datetime) -> None:
    (why,) = why_all(sent(cast.mara, at), customer(at))
    assert why.refused
    assert why.steps == ()


def test_it_shows_each_pause_and_the_sum_is_what_was_allowed(cast: Cast, at: datetime) -> None:
    sold(cast, at, row("resolution", timedelta(hours=10)), pauses=HOLDS)
    ticket = sent(cast.dana, at)
    hour = timedelta(hours=1)
    tickets.put_on_hold(
        ticket, kind="vendor", reason="Engineering", until=None, agent=cast.ana, at=at + hour
    )
    tickets.end_hold(ticket, agent=cast.ana, at=at + 3 * hour)
    (why,) = [one for one in why_all(ticket, agent(at)) if one.metric == "resolution"]
    assert [step.kind for step in why.steps] == [
        "rule",
        "start",
        "counted",
        "paused",
        "counted",
        "due",
    ]
    counted = [seconds(step.sum) for step in why.steps if step.kind == "counted"]
    assert counted == [3600, 9 * 3600]
    assert why.steps[-1].sum == "10 h"
    assert why.due_at == at + 12 * hour
