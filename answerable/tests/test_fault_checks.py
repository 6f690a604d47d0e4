"""The checks of the fault run find what they are there for."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.email.actions import following, outcomes
from answerable.channels.email.models import InboundMail, Mailbox, OutgoingMail
from answerable.channels.email.tests.post import mail_of, receive
from answerable.tickets.actions import answer
from answerable.tickets.tests.openings import opened
from faults.boxes import SUPPORT, Seen
from faults.checks import boxes, ledger, mails, replies
from faults.checks.evidence import Evidence, Kept, Record
from faults.journal import Fate, Journal, SentMail

DANA = "dana@nordwind.example"
UID_VALIDITY = 7


@pytest.fixture(autouse=True)
def _asks_nobody(settings: Settings) -> None:
    settings.ANSWERABLE_MAIL_VERIFY = "gateway"


def sent(mark: str, fate: Fate = Fate.REQUEST, **times: int) -> SentMail:
    accepted = Counter(times or {"smtp": 1})
    return SentMail(mark, fate, SUPPORT, accepted=accepted, tries=Counter(accepted))


def seen(*journal: SentMail, record: Record | None = None, box: Seen | None = None) -> Evidence:
    return Evidence(
        journal=Journal(list(journal)),
        record=record or Record([], Counter()),
        boxes=[box] if box else [],
        heard=[],
        topics=[],
        began=now() - timedelta(days=9999),
        ended=now(),
    )


def arrived(mark: str, at: datetime, **headers: str) -> InboundMail:
    return receive(mail_of(DANA, f"Text.\n\nmark:{mark}:\n", **headers), at=at)


def test_all_is_well_when_each_mail_is_there_once(cast: Cast, at: datetime) -> None:
    arrived("one", at)
    arrived("two", at, Auto_Submitted="auto-replied")
    evidence = seen(sent("one"), sent("two", Fate.REFUSED))
    assert ledger.check(evidence).findings == []
    assert mails.check(evidence).findings == []


def test_a_lost_mail_is_found(cast: Cast) -> None:
    evidence = seen(sent("one"))
    assert ledger.check(evidence).findings == ["one: 0 rows by smtp of 1."]
    assert mails.check(evidence).findings == ["one is no message."]


def test_a_mail_that_was_taken_twice_is_found(cast: Cast, at: datetime) -> None:
    for subject in ("Exports", "Imports"):
        arrived("one", at, Subject=subject)
    evidence = seen(sent("one", smtp=2))
    assert "one was taken 2 times." in ledger.check(evidence).findings
    assert mails.check(evidence).findings == ["one is 2 messages."]


def test_what_nobody_sent_is_found(cast: Cast, at: datetime) -> None:
    strange = arrived("one", at)
    (finding,) = ledger.check(seen()).findings
    assert finding == f"Nobody sent what stands in the rows [{strange.pk}]."


def test_a_mail_with_another_fate_is_found(cast: Cast, at: datetime) -> None:
    arrived("one", at)
    (finding,) = ledger.check(seen(sent("one", Fate.PARKED))).findings
    assert finding.startswith("one is accepted: Opened #")
    assert mails.check(seen(sent("one", Fate.PARKED))).findings == [
        "one, a mail to be parked, is a message."
    ]


def test_a_mail_on_another_ticket_is_found(cast: Cast, at: datetime) -> None:
    arrived("one", at)
    answers = sent("one")
    answers.ticket = 4711
    (finding,) = ledger.check(seen(answers)).findings
    assert finding.startswith("one answers #4711 and is in #")


@pytest.mark.parametrize(
    ("validity", "next_uid", "finding"),
    [
        (UID_VALIDITY, 1, ""),
        (8, 1, "UIDVALIDITY is 8, ours 7."),
        (UID_VALIDITY, 3, "read to 0, the last is 2."),
    ],
)
def test_a_mailbox_that_was_read_otherwise_is_found(
    cast: Cast, at: datetime, validity: int, next_uid: int, finding: str
) -> None:
    mailbox = Mailbox(address=SUPPORT, host="127.0.0.1", user="support", validity=UID_VALIDITY)
    following.save_mailbox(mailbox, at=at)
    box = Seen(SUPPORT, validity, next_uid, 0, Counter())
    found = boxes.check(seen(box=box)).findings
    assert (found == []) != bool(finding), found
    assert not finding or any(finding in one for one in found)


@pytest.fixture
def reply(cast: Cast, at: datetime) -> OutgoingMail:
    """A reply that a server has accepted, as the desk knows it."""
    ticket = opened(cast.dana, at)
    message = answer(ticket, agent=cast.ana, body="We repair it.", seen=2**62, at=at)
    for mail in OutgoingMail.objects.all():
        outcomes.accept(mail, at)
        outcomes.settle(mail.pk, lambda: at)
    return OutgoingMail.objects.get(message=message)


def taken(reply: OutgoingMail, kept: int, said: int, *, later: float = 0) -> Evidence:
    """What there is to see when the server kept the reply so often; all else is well."""
    times, numbers = Counter[str](), Counter[str]()
    for mail in OutgoingMail.objects.all():
        number = mail.mail_id.strip("<>")
        times[number], numbers[number] = (kept, said) if mail == reply else (1, 1)
    assert reply.accepted_at
    at = reply.accepted_at.timestamp() + later
    return seen(record=Record([Kept(at, n, DANA, "", "") for n in times.elements()], numbers))


@pytest.mark.parametrize(
    ("kept", "said", "uncertain", "finding"),
    [
        (1, 1, 0, ""),
        (0, 0, 0, "never reached the server."),
        (2, 1, 0, ""),  # the server died before it could say so
        (2, 2, 1, ""),  # our worker died before it could note so
        (2, 2, 0, "was accepted 2 times"),
        (3, 2, 0, "was accepted 3 times"),
    ],
)
def test_a_second_copy_needs_a_death(
    reply: OutgoingMail, kept: int, said: int, uncertain: int, finding: str
) -> None:
    OutgoingMail.objects.filter(pk=reply.pk).update(uncertain=uncertain)
    found = replies.check(taken(reply, kept, said)).findings
    assert (found == []) != bool(finding), found
    assert not finding or any(finding in one for one in found)


def test_a_reply_that_counts_before_a_server_had_it_is_found(reply: OutgoingMail) -> None:
    found = replies.check(taken(reply, 1, 1, later=1)).findings
    assert f"Mail {reply.pk} was accepted by nobody." in found
