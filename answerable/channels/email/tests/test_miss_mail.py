"""Who is mailed when a miss is excused, when that is appealed to, and when it is decided."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.email.compose import compose
from answerable.channels.email.jobs import mail_notices
from answerable.channels.email.tests.post import queued
from answerable.routing.models import Notice
from answerable.sla.actions import decide_appeal
from answerable.sla.models import Clock
from answerable.sla.tests.misses import HOUR, appealed_by, excused_by, missed_by


@pytest.fixture
def missed(cast: Cast, at: datetime) -> Clock:
    return missed_by(cast.dana, at)


def test_it_tells_the_customer_of_an_excuse_and_how_to_object(
    cast: Cast, missed: Clock, at: datetime
) -> None:
    excused_by(cast.lena, missed, at=at + 2 * HOUR)
    late, mail = queued("notice")
    assert "Our reply is late" in late.subject
    number = missed.ticket_id
    assert (mail.to, mail.ticket_id) == ("dana@nordwind.example", number)
    assert mail.subject == f"[#{number}] An exception was recorded for a promise we missed"
    assert (
        "it was due Mon 20 Oct 2025, 11:00 (UTC+2). It stays on record as missed." in mail.text
    )
    assert "Lena Brandt has recorded an exception of your plan for it:" in mail.text
    said = "The customer asked us to wait\nDana asked us to wait until noon.\n"
    assert f"{said}Evidence: Her message of 10:20\n" in mail.text
    asked = "ask for another look:\nhttp://127.0.0.1:8000/requests/"
    assert f"{asked}{number}/" in mail.text
    assert compose(mail, []).message()["Auto-Submitted"] == "auto-generated"


def test_it_tells_it_in_the_customers_language(cast: Cast, missed: Clock, at: datetime) -> None:
    Contact.objects.filter(pk=cast.dana.pk).update(language="de")
    excused_by(cast.lena, missed, at=at + 2 * HOUR)
    text = queued("notice")[-1].text
    assert text.startswith("Guten Tag Dana Wolf,")
    assert "Der Kunde hat uns gebeten zu warten" in text


@pytest.mark.parametrize(
    ("upheld", "said"),
    [
        (True, "The exception is taken back. The promise counts as missed.\nYou are right."),
        (False, "The exception stands.\nYou are right."),
    ],
)
def test_it_tells_who_appealed_what_was_decided(
    cast: Cast, missed: Clock, at: datetime, upheld: bool, said: str
) -> None:
    appeal = appealed_by(cast.kim, excused_by(cast.lena, missed, at=at), at=at)
    decide_appeal(appeal, agent=cast.ida, upheld=upheld, answer="You are right.", at=at)
    mail = queued("notice")[-1]
    assert mail.to == "kim@nordwind.example"
    assert "Ida Holm has decided:" in mail.text
    assert said in mail.text


def test_it_tells_those_who_may_decide_of_an_appeal(
    cast: Cast, missed: Clock, at: datetime
) -> None:
    """Of Lena's own excuse an administrator is told; of Ida's, Lena is."""
    appealed_by(cast.dana, excused_by(cast.lena, missed, at=at), at=at)
    other = missed_by(cast.dana, at)
    appealed_by(cast.dana, excused_by(cast.ida, other, at=at), at=at)
    told = Notice.objects.filter(event__verb="appealed").order_by("pk")
    assert [(notice.agent, notice.ticket) for notice in told] == [
        (cast.ida, missed.ticket),
        (cast.lena, other.ticket),
    ]
    mail_notices(pairs=[[notice.agent_id, notice.event_id] for notice in told[:1]])
    mail = queued("notification")[-1]
    words = "Another look is asked for at an excused miss"
    assert mail.subject == f"[#{missed.ticket_id}] {words}"
