"""How it went is asked in the panel, on the request that was resolved."""

from __future__ import annotations

import pytest

from answerable.accounts.tests.signing import Server
from answerable.cast import Cast
from answerable.surveys.actions import Answer, answer
from answerable.surveys.models import Survey
from answerable.surveys.tests.scenes import DAY, HOUR, asked, asks, resolved
from answerable.widget.tests.conftest import TODAY, Script
from answerable.widget.tests.test_views import view


@pytest.fixture
def survey(here: Cast) -> Survey:
    asks(here, TODAY - DAY)
    return asked(resolved(here, TODAY - 2 * HOUR), TODAY - 2 * HOUR)


@pytest.fixture
def dana(server: Server, script: Script, survey: Survey) -> Script:
    script.enters(server.signs())
    return script


def shown(script: Script, name: str, survey: Survey, **values: str) -> str:
    return str(view(script, name, number=survey.ticket_id, **values).content.decode())


def test_it_leads_from_the_first_view_to_the_request(dana: Script, survey: Survey) -> None:
    assert "is solved: how did we do?" in shown(dana, "ask", survey)
    assert "is solved: how did we do?" in shown(dana, "mine", survey, view="ask")
    assert "How did we do?" in shown(dana, "request", survey)
    assert "How did we do?" in shown(dana, "conversation", survey)


def test_it_is_answered_there(dana: Script, survey: Survey) -> None:
    said = shown(dana, "survey", survey, answer="1")
    assert "You said: Very bad" in said
    assert "A lead should read this" in said
    shown(dana, "survey", survey, answer="1", comment="Wrong", lead="1")
    survey.refresh_from_db()
    assert (survey.answer, survey.comment, survey.via) == (1, "Wrong", "widget")
    assert survey.wants_lead
    assert "how did we do?" not in shown(dana, "ask", survey)


def test_nothing_chosen_is_said(dana: Script, survey: Survey) -> None:
    refused = view(dana, "survey", number=survey.ticket_id)
    assert refused.status_code == 422
    assert "Choose an answer" in refused.content.decode()


def test_answered_elsewhere_it_stands_so_here(dana: Script, survey: Survey) -> None:
    before = shown(dana, "conversation", survey)
    answer(survey, Answer(4), via="mail", at=TODAY)
    after = shown(dana, "conversation", survey)
    assert f'data-seen="{survey.pk}-0"' in before
    assert f'data-seen="{survey.pk}-0"' not in after
    assert "You said: Good" in after


def test_others_are_not_asked_and_answer_nothing(
    here: Cast, server: Server, script: Script, survey: Survey
) -> None:
    script.enters(server.signs(sub="sam", email="sam@nordwind.example", name="Sam Ortiz"))
    assert view(script, "survey", number=survey.ticket_id, answer="1").status_code == 404
    survey.refresh_from_db()
    assert survey.answer is None


def test_the_list_of_requests_is_had_alone(dana: Script, survey: Survey) -> None:
    rows = shown(dana, "mine", survey, view="requests")
    assert rows.lstrip().startswith('<div class="mine" id="mine">')
    assert f"#{survey.ticket_id}" in rows
