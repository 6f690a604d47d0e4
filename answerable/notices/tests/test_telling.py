"""Who is told of what happens to tickets, how loudly, and how often."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.notices import actions, queries
from answerable.notices.core.levels import Kind, Level
from answerable.notices.core.quiet import For, Quiet
from answerable.notices.models import Follow, Notice
from answerable.notices.tests.scene import due_of, kinds_of, minutes, there, tick
from answerable.notices.words import notice_words
from answerable.tickets.actions import Sender, add_message, add_note, assign, resolve, take
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Ticket, TicketEvent
from answerable.tickets.tests.openings import opened


def of(agent: Agent, ticket: Ticket, at: datetime) -> Ticket:
    take(ticket, agent=agent, at=at)
    return ticket


def wrote(ticket: Ticket, cast: Cast, at: datetime) -> None:
    add_message(ticket, sender=Sender(contact=cast.dana), body="any news?", at=at)


def words_of(notice: Notice, at: datetime) -> str:
    return notice_words(notice, at, ZoneInfo("Europe/Berlin"))


def test_a_message_on_my_ticket_is_one_line_without_a_sound(cast: Cast, at: datetime) -> None:
    ticket = of(cast.ana, opened(cast.dana, at), at)
    wrote(ticket, cast, at)
    tick(at)
    notice = Notice.objects.get(agent=cast.ana)
    assert (notice.kind, notice.level, notice.sounded) == ("message", 2, False)
    assert words_of(notice, at) == f"New message from Dana Wolf on #{ticket.pk}"
    assert [one.pk for one in queries.lines_after(cast.ana, 0)] == [notice.pk]
    assert kinds_of(cast.ben) == []


def test_a_mention_and_a_colleagues_change_are_quiet(cast: Cast, at: datetime) -> None:
    ticket = of(cast.ana, opened(cast.dana, at), at)
    add_note(ticket, agent=cast.ben, body="@Chidi", mentions=[cast.chidi], at=at)
    tick(at)
    assert kinds_of(cast.chidi) == ["mention"]
    assert kinds_of(cast.ana) == ["changed"]
    assert set(Notice.objects.values_list("level", flat=True)) == {1}
    assert queries.unread_count(cast.chidi) == 1


def test_who_is_given_a_ticket_by_somebody_else_is_told(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    assign(ticket, to=cast.ana, agent=cast.lena, at=at)
    tick(at)
    told = Notice.objects.get(agent=cast.ana)
    assert words_of(told, at) == f"Lena assigned #{ticket.pk} to you"
    assign(ticket, to=cast.ben, agent=cast.ben, at=at)
    tick(at)
    assert kinds_of(cast.ben) == []


def test_who_follows_a_ticket_hears_what_others_do(cast: Cast, at: datetime) -> None:
    ticket = of(cast.ana, opened(cast.dana, at), at)
    tick(at)
    actions.follow(ticket, agent=cast.chidi, at=at)
    wrote(ticket, cast, at)
    add_note(ticket, agent=cast.chidi, body="mine", at=at)
    tick(at)
    assert kinds_of(cast.chidi) == ["followed"]
    actions.unfollow(ticket, agent=cast.chidi)
    wrote(ticket, cast, at)
    tick(at)
    assert kinds_of(cast.chidi) == ["followed"]


def test_my_ticket_at_risk_sounds_once_and_says_what_replies_take(
    cast: Cast, at: datetime
) -> None:
    ticket = of(cast.ana, opened(cast.dana, at), at)
    due = due_of(ticket)
    there(cast.ana, at=due - minutes(6.5))
    for seconds in (0, 1, 2):
        tick(due - minutes(6.5) + timedelta(seconds=seconds))
    risk = Notice.objects.get(agent=cast.ana, kind="risk")
    assert (risk.level, risk.sounded) == (3, True)
    words = words_of(risk, due - minutes(6.5))
    start = f"#{ticket.pk} is at risk: 6 min left, replies like this take about "
    assert words == f"{start}{risk.takes}."
    assert [one.pk for one in queries.cards_of(cast.ana)] == [risk.pk]


def test_under_five_minutes_insists_and_then_the_next_person_is_told(
    cast: Cast, at: datetime
) -> None:
    ticket = of(cast.ana, opened(cast.dana, at), at)
    due = due_of(ticket)
    tick(due - minutes(5))
    hurry = Notice.objects.get(kind="hurry")
    assert (hurry.agent, hurry.level) == (cast.ana, Level.INSISTENT)
    tick(due - minutes(4))
    following = Notice.objects.get(kind="next")
    assert following.agent == cast.lena
    words = words_of(following, due - minutes(4))
    assert words == f"Ana has not answered #{ticket.pk}. 4 min left. You are next."


def test_taking_note_stops_it_for_everybody(cast: Cast, at: datetime) -> None:
    ticket = of(cast.ana, opened(cast.dana, at), at)
    due = due_of(ticket)
    tick(due - minutes(4))
    actions.put_away(Notice.objects.get(kind="next"), at=due - minutes(3.9))
    assert not Notice.objects.standing().filter(kind__in=["hurry", "next"]).exists()
    tick(due - minutes(3))
    assert Notice.objects.filter(kind__in=["hurry", "next"]).count() == 2


def test_a_promise_that_is_kept_ends_its_cards(cast: Cast, at: datetime) -> None:
    ticket = of(cast.ana, opened(cast.dana, at), at)
    due = due_of(ticket)
    tick(due - minutes(5))
    resolve(ticket, agent=cast.ana, reason="duplicate", contact=None, at=due - minutes(4.9))
    tick(due - minutes(4.8))
    assert queries.cards_of(cast.ana) == []


def test_quiet_hours_hold_for_what_is_not_critical(cast: Cast, at: datetime) -> None:
    quiet = Quiet(holds_for=For.STANDARD, days=frozenset(range(7)))
    actions.save_wishes(cast.ana, actions.Wanted({}, {}, quiet))
    ticket = of(cast.ana, opened(cast.dana, at), at)
    tick(due_of(ticket) - minutes(6.5))
    assert set(Notice.objects.filter(agent=cast.ana).values_list("level", flat=True)) == {1}


def test_d_24_an_hour_of_traffic_sounds_six_times_and_never_for_others(
    cast: Cast, at: datetime
) -> None:
    mine = [of(cast.ana, opened(cast.dana, at), at) for _ in range(20)]
    theirs = [of(cast.ben, opened(cast.kim, at), at) for _ in range(10)]
    begin = due_of(mine[0]) - minutes(60)
    for turn in range(280):
        add_note(theirs[turn % 10], agent=cast.chidi, body=str(turn), at=at)
    for turn in range(0, 60, 2):
        there(cast.ana, cast.ben, cast.chidi, cast.lena, at=begin + minutes(turn))
        tick(begin + minutes(turn))
    assert TicketEvent.objects.count() > 300
    heard = Notice.objects.filter(agent=cast.ana, level=3, sounded=True).count()
    assert 0 < heard <= 6
    loud = Notice.objects.filter(agent=cast.ana, sounded=True).exclude(ticket__in=mine)
    assert not loud.exists()
    assert not Notice.objects.filter(agent=cast.chidi, sounded=True).exists()


def test_a_line_that_makes_no_sense_keeps_nobody_from_hearing_of_the_others(
    cast: Cast, at: datetime
) -> None:
    ticket = of(cast.ana, opened(cast.dana, at), at)
    TicketEvent.objects.create(ticket=ticket, verb="escalated", at=at, data={})
    wrote(ticket, cast, at)
    tick(at)
    assert "message" in kinds_of(cast.ana)


def test_what_was_quiet_is_mailed_together_each_quarter_of_an_hour(
    cast: Cast, at: datetime
) -> None:
    ticket = of(cast.ana, opened(cast.dana, at), at)
    for _ in range(3):
        wrote(ticket, cast, at)
    tick(at)
    assert actions.send_digests(at=at) == 1
    mail = OutgoingMail.objects.get(agent=cast.ana)
    assert mail.subject == "3 notices"
    assert mail.text.count(f"New message from Dana Wolf on #{ticket.pk}") == 3
    wrote(ticket, cast, at)
    tick(at)
    assert actions.send_digests(at=at + minutes(14)) == 0
    assert actions.send_digests(at=at + minutes(15)) == 1


def test_what_was_read_is_in_no_digest(cast: Cast, at: datetime) -> None:
    ticket = of(cast.ana, opened(cast.dana, at), at)
    wrote(ticket, cast, at)
    tick(at)
    actions.mark_read(cast.ana, None, at=at)
    assert actions.send_digests(at=at) == 0
    assert queries.unread_count(cast.ana) == 0


def test_notices_that_needed_no_action_are_counted_once_a_week(
    cast: Cast, at: datetime
) -> None:
    tickets = [of(cast.ana, opened(cast.dana, at), at) for _ in range(3)]
    for number, ticket in enumerate(tickets):
        when = due_of(ticket) - minutes(9 - number)
        Notice.objects.create(
            agent=cast.ana,
            kind="risk",
            key=f"{number}",
            level=3,
            ticket=ticket,
            at=when,
            sounded=True,
        )
    later = due_of(tickets[0]) + minutes(60)
    found = queries.useless(cast.ana, later)
    assert found
    assert (found.count, found.kinds) == (3, {Kind.RISK: 3})
    assert actions.make_quieter(cast.ana, Kind.RISK, at=later) == Level.VISIBLE
    assert queries.useless(cast.ana, later + minutes(1)) is None


@pytest.mark.parametrize("kind", [Kind.CRITICAL, Kind.NEXT])
def test_what_insists_for_everybody_cannot_be_made_quieter(
    cast: Cast, at: datetime, kind: Kind
) -> None:
    assert actions.make_quieter(cast.ana, kind, at=at) == Level.INSISTENT


def test_whom_a_rule_has_follow_a_ticket_hears_of_it_from_then_on(
    cast: Cast, at: datetime
) -> None:
    ticket = of(cast.ana, opened(cast.dana, at), at)
    tick(at)
    data = {"to": [cast.ben.pk], "names": [cast.ben.name], "name": "Big ones"}
    for _again in range(2):
        record(TicketEvent(ticket=ticket, verb=Verb.RULE_FOLLOWS, at=at, data=data))
    tick(at)
    assert Follow.objects.filter(ticket=ticket, agent=cast.ben).count() == 1
    wrote(ticket, cast, at)
    tick(at)
    assert kinds_of(cast.ben) == ["followed"]
