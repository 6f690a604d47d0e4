"""Whoever's request was resolved is asked how it went, once, as their plan says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.accounts.models import Contact
from answerable.accounts.tokens import digest_of
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.entitlements.core.silence import Silence
from answerable.entitlements.core.survey import Survey as Rules
from answerable.live.models import LiveEvent
from answerable.sla.actions import break_silences
from answerable.sla.tests.clocks import replied
from answerable.sla.tests.plans import sold
from answerable.surveys.actions import choose
from answerable.surveys.addresses import survey_of
from answerable.surveys.models import Survey
from answerable.surveys.tests.scenes import (
    DAY,
    HOUR,
    asked,
    asks,
    passed,
    question_to,
    resolved,
    to_its_end,
    token_to,
)
from answerable.tickets.actions import hand_over, merge, reopen, resolve
from answerable.tickets.models import LogMark, Message, Ticket
from answerable.tickets.tests.openings import mailed, opened, verbs

pytestmark = pytest.mark.django_db


def test_a_plan_without_the_table_asks_nobody(cast: Cast, at: datetime) -> None:
    resolved(cast, at)
    assert passed(at + HOUR) == 0
    assert not Survey.objects.exists()


def test_it_asks_once_and_not_before_its_time(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    ticket = resolved(cast, at)
    assert passed(at + HOUR - timedelta(seconds=1)) == 0
    assert [passed(at + HOUR), passed(at + HOUR), passed(at + DAY)] == [1, 0, 0]
    survey = Survey.objects.get()
    assert (survey.ticket, survey.contact, survey.left_out) == (ticket, cast.dana, "")
    assert survey.ends_at == at + HOUR + 14 * DAY
    assert verbs(ticket)[-1] == "survey_asked"
    assert OutgoingMail.objects.filter(cause__startswith="notice survey").count() == 1


def test_the_mail_can_be_answered_from_its_plain_text(cast: Cast, at: datetime) -> None:
    asks(cast, at, question={"en": "Are you happy?", "de": "Zufrieden?"}, scale="two")
    ticket = resolved(cast, at, subject="Exports fail")
    asked(ticket, at)
    mail, token = question_to(cast.dana), token_to(cast.dana)
    assert mail.subject == f"[#{ticket.pk}] Are you happy?"
    assert "Your request “Exports fail” is solved." in mail.text
    good, bad = (mail.text.index(f"/survey/{token}/?answer={one}") for one in (2, 1))
    assert good < bad
    assert f'href="http://127.0.0.1:8000/survey/{token}/?answer=2"' in mail.html
    assert mail.headers["Auto-Submitted"] == "auto-generated"
    assert f"/survey/{token}/no-more/" in mail.headers["List-Unsubscribe"]


def test_it_asks_in_the_language_of_its_reader(cast: Cast, at: datetime) -> None:
    asks(cast, at, question={"de": "Sind Sie zufrieden?"})
    Contact.objects.filter(pk=cast.dana.pk).update(language="de")
    asked(resolved(cast, at), at)
    mail = question_to(cast.dana)
    assert "Sind Sie zufrieden?" in mail.subject
    assert "Sehr gut:" in mail.text


def test_only_the_hash_of_its_token_is_kept(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    survey = asked(resolved(cast, at), at)
    token = token_to(cast.dana)
    assert survey.token == digest_of(token)
    assert survey_of(token) == survey
    assert survey_of(token[:-1] + "!") is None


def test_opened_again_before_it_goes_it_does_not_go(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    ticket = resolved(cast, at)
    passed(at)
    reopen(ticket, agent=None, contact=cast.dana, at=at + HOUR / 2)
    assert asked(ticket, at).left_out == "reopened"


def test_resolved_again_it_is_asked_after_the_last_time_only(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    ticket = resolved(cast, at)
    reopen(ticket, agent=None, contact=cast.dana, at=at + HOUR / 4)
    resolve(ticket, agent=cast.ana, contact=None, reason="", at=at + HOUR / 2)
    assert passed(at + HOUR) == 1
    assert passed(at + 1.5 * HOUR) == 1
    said = Survey.objects.order_by("pk").values_list("left_out", "asked_at")
    assert list(said) == [("reopened", None), ("", at + 1.5 * HOUR)]


def test_merged_tickets_are_asked_about_once(cast: Cast, at: datetime) -> None:
    asks(cast, at, every=DAY)
    kept, merged = opened(cast.dana, at - DAY), resolved(cast, at)
    passed(at)
    merge(kept, merged, agent=cast.ana, at=at + HOUR / 2)
    assert asked(merged, at).left_out == "merged"
    resolve(kept, agent=cast.ana, contact=None, reason="Done.", at=at + 2 * DAY)
    # What was answered on the merged one counts as answered here.
    assert asked(kept, at + 2 * DAY).left_out == ""


def test_nobody_is_asked_again_within_thirty_days(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    asked(resolved(cast, at), at)
    for day, left_out in ((29, "recent"), (31, "")):
        later = at + day * DAY
        assert asked(resolved(cast, later), later).left_out == left_out
    assert asked(resolved(cast, at, by=cast.kim), at).left_out == ""


def test_a_stranger_is_not_asked(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    ticket = opened(None, at)
    resolve(ticket, agent=cast.ana, contact=None, reason="Spam", at=at)
    passed(at + HOUR)
    assert not Survey.objects.exists()


def test_who_is_not_verified_is_not_asked(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    ticket = mailed(cast.dana, at - DAY)
    Message.objects.filter(ticket=ticket).update(verified=False)
    replied(ticket, cast.ana, at=at - HOUR)
    resolve(ticket, agent=cast.ana, contact=None, reason="", at=at)
    assert asked(ticket, at).left_out == "unverified"


@pytest.mark.parametrize(
    ("change", "left_out"),
    [({"email": "no-reply@nordwind.example"}, "program"), ({"left_at": "now"}, "left")],
)
def test_programs_and_who_left_are_not_asked(
    cast: Cast, at: datetime, change: dict[str, object], left_out: str
) -> None:
    asks(cast, at)
    ticket = resolved(cast, at)
    said = {name: at if value == "now" else value for name, value in change.items()}
    Contact.objects.filter(pk=cast.dana.pk).update(**said)
    assert asked(ticket, at).left_out == left_out


def test_nobody_is_asked_about_what_nobody_answered(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    ticket = opened(cast.dana, at - DAY)
    resolve(ticket, agent=cast.ana, contact=None, reason="A duplicate", at=at)
    assert asked(ticket, at).left_out == "unanswered"


@pytest.mark.parametrize(("after_silence", "left_out"), [(False, "silence"), (True, "")])
def test_of_what_silence_resolved_only_where_the_plan_says_so(
    cast: Cast, at: datetime, after_silence: bool, left_out: str
) -> None:
    rules = Rules(ask=True, after_silence=after_silence)
    sold(cast, at - 2 * DAY, survey=rules, silence=Silence(resolve_after=3 * DAY))
    ticket = opened(cast.dana, at - DAY)
    replied(ticket, cast.ana, at=at)
    later = at + 3 * DAY
    assert break_silences(at=later) == 1
    assert asked(ticket, later).left_out == left_out


def test_who_wants_no_question_gets_none(cast: Cast, at: datetime) -> None:
    asks(cast, at, every=DAY)
    choose(cast.dana, asked=False, at=at)
    choose(cast.dana, asked=False, at=at)
    assert asked(resolved(cast, at), at).left_out == "refused"
    choose(cast.dana, asked=True, at=at)
    later = at + 2 * DAY
    assert asked(resolved(cast, later), later).left_out == ""


def test_who_wants_no_mail_is_asked_on_their_pages_alone(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    Contact.objects.filter(pk=cast.dana.pk).update(mailed_replies=False)
    assert asked(resolved(cast, at), at).asked_at == at + HOUR
    assert not OutgoingMail.objects.filter(cause__startswith="notice survey").exists()


def test_it_asks_who_has_the_ticket_by_then(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    ticket = resolved(cast, at)
    passed(at)
    hand_over(ticket, to=cast.kim, agent=cast.ana, at=at + HOUR / 2)
    assert asked(ticket, at).contact == cast.kim


def test_the_rules_are_those_of_when_it_was_resolved(cast: Cast, at: datetime) -> None:
    asks(cast, at, scale="two")
    ticket = resolved(cast, at)
    passed(at)
    asks(cast, at + 3 * DAY, scale="three")
    assert asked(ticket, at).terms.scale == "two"


def test_pages_that_are_open_hear_of_it(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    ticket = resolved(cast, at)
    LiveEvent.objects.all().delete()
    asked(ticket, at)
    topics = set(LiveEvent.objects.values_list("topic", flat=True))
    assert {f"request-{ticket.pk}", f"requests-{cast.dana.pk}"} <= topics


def test_a_line_that_is_seen_again_plans_nothing_more(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    resolved(cast, at)
    to_its_end(at)
    LogMark.objects.update(upto=0)
    to_its_end(at)
    assert Survey.objects.count() == 1


def test_one_that_fails_keeps_no_other_from_being_asked(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    broken, whole = resolved(cast, at), resolved(cast, at, by=cast.kim)
    passed(at)
    Survey.objects.filter(ticket=broken).update(rules={"scale": "nine"})
    assert passed(at + HOUR) == 1
    assert Survey.objects.get(ticket=whole).asked_at == at + HOUR
    assert Survey.objects.get(ticket=broken).wake_at == at + HOUR


def test_the_ticket_stays_resolved(cast: Cast, at: datetime) -> None:
    asks(cast, at)
    ticket = resolved(cast, at)
    asked(ticket, at)
    assert Ticket.objects.get(pk=ticket.pk).state == "resolved"
