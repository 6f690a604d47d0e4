"""Text messages to our number: STOP ends ours, START lets them come again."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from answerable.cast import Cast
from answerable.channels.voice.twilio.actions.setting import point_number_here
from answerable.channels.voice.twilio.core.signing import signature
from answerable.channels.voice.twilio.tests.exchange import NUMBER, TOKEN
from answerable.channels.voice.twilio.tests.lines import DANAS, FORM, Lines
from answerable.notices.models import TextNumber
from answerable.office.queries.telephone import account_tested
from answerable.telephone.tests.conftest import TODAY

PATH = "/telephone/texts/"


def texted(
    body: str, *, sender: str = DANAS, token: str = TOKEN, **more: str
) -> tuple[int, str]:
    """Let somebody send our number a text message, as the provider tells it."""
    told = {"MessageSid": "SM1", "From": sender, "To": NUMBER, "Body": body, **more}
    signed = signature(token, f"{settings.ANSWERABLE_URL}{PATH}", told.items())
    answer = Client(enforce_csrf_checks=True).post(
        PATH, urlencode(told), content_type=FORM, headers={"X-Twilio-Signature": signed}
    )
    return answer.status_code, answer.content.decode()


def known(here: Cast) -> TextNumber:
    return TextNumber.objects.create(contact=here.dana, phone=DANAS, confirmed_at=TODAY)


def test_stop_ends_text_messages_and_start_lets_them_come_again(
    here: Cast, lines: Lines
) -> None:
    row = known(here)
    status, said = texted("Stop")
    assert status == 200
    assert "you get no more text messages" in said
    row.refresh_from_db()
    assert not row.takes_texts()
    assert "you get text messages again" in texted("START")[1]
    row.refresh_from_db()
    assert row.takes_texts()


def test_it_answers_in_their_language(here: Cast, lines: Lines) -> None:
    here.dana.language = "de"
    here.dana.save()
    known(here)
    assert "Sie bekommen keine SMS mehr" in texted("STOPP")[1]


def test_where_the_provider_answers_stop_we_heed_it_and_say_nothing(
    here: Cast, lines: Lines
) -> None:
    row = known(here)
    assert "<Message>" not in texted("STOP", OptOutType="STOP")[1]
    row.refresh_from_db()
    assert not row.takes_texts()


def test_other_words_are_told_where_somebody_reads_them_twice_at_most(
    here: Cast, lines: Lines
) -> None:
    said = [texted("Hello?")[1] for _time in range(4)]
    assert ["/contact/" in one for one in said] == [True, True, False, False]


def test_nobody_else_stops_them(here: Cast, lines: Lines) -> None:
    row = known(here)
    assert texted("STOP", token="another token")[0] == 403
    texted("STOP", sender="+491719999999")
    row.refresh_from_db()
    assert row.takes_texts()


def test_our_number_is_pointed_here_for_text_messages_too(here: Cast, lines: Lines) -> None:
    assert account_tested(lines.telephone).can_point
    point_number_here(lines.telephone)
    assert not account_tested(lines.telephone).can_point
