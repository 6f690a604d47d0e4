"""Who may open a page."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from pytest_django import Settings

from answerable.accounts.actions import install, let_in
from answerable.accounts.guards import (
    AgentRequest,
    ContactRequest,
    agent_required,
    contact_required,
)
from answerable.accounts.models import Agent, User
from answerable.cast import Cast


@agent_required
def desk(request: AgentRequest) -> HttpResponse:
    return HttpResponse(request.agent.name)


@agent_required(role=Agent.Role.LEAD)
def for_leads(request: AgentRequest) -> HttpResponse:
    return HttpResponse(request.agent.name)


@contact_required
def portal(request: ContactRequest) -> HttpResponse:
    return HttpResponse(request.contact.name)


def opened(view: object, user: User | AnonymousUser, **headers: str) -> HttpResponseBase:
    assert callable(view)
    method = (
        RequestFactory().post if headers.pop("method", "") == "post" else RequestFactory().get
    )
    request = method("/desk/?view=all", headers=headers)
    request.user = user
    answer = view(request)
    assert isinstance(answer, HttpResponseBase)
    return answer


@pytest.fixture
def optional(settings: Settings) -> None:
    settings.ANSWERABLE_SECOND_FACTOR = "optional"


def test_it_lets_agents_in(cast: Cast, optional: None) -> None:
    answer = opened(desk, cast.ana.user)
    assert isinstance(answer, HttpResponse)
    assert answer.content == b"Ana Silva"


def test_it_sends_strangers_to_sign_in_and_back(db: None) -> None:
    answer = opened(desk, AnonymousUser())
    assert answer.headers["Location"] == "/sign-in/?next=/desk/%3Fview%3Dall"


def test_it_is_no_page_to_a_customer(cast: Cast, at: datetime) -> None:
    with pytest.raises(Http404):
        opened(desk, let_in(cast.dana, at=at))


def test_it_is_no_page_to_an_agent_on_the_customers_side(cast: Cast) -> None:
    with pytest.raises(Http404):
        opened(portal, cast.ana.user)


def test_it_lets_contacts_in(cast: Cast, at: datetime) -> None:
    answer = opened(portal, let_in(cast.dana, at=at))
    assert isinstance(answer, HttpResponse)
    assert answer.content == b"Dana Wolf"


def test_it_lets_no_closed_account_in(cast: Cast, optional: None) -> None:
    cast.ana.user.is_active = False
    with pytest.raises(Http404):
        opened(desk, cast.ana.user)


def test_it_asks_for_a_role(cast: Cast, optional: None) -> None:
    answer = opened(for_leads, cast.ana.user)
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "You need Lead access to open this" in page
    assert "Ask Ida Holm, Lena Brandt to give you access." in page
    assert opened(for_leads, cast.lena.user).status_code == 200
    assert opened(for_leads, cast.ida.user).status_code == 200


def test_it_asks_for_a_second_factor(cast: Cast) -> None:
    assert opened(desk, cast.ana.user).headers["Location"] == "/sign-in/second-factor/"


def test_it_asks_for_none_in_a_demonstration(cast: Cast, at: datetime) -> None:
    install(demo=True, at=at)
    assert opened(desk, cast.ana.user).status_code == 200


def test_it_refuses_a_part_quietly(db: None) -> None:
    answer = opened(desk, AnonymousUser(), **{"HX-Request": "true"})
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers


def test_it_leads_who_sends_something_to_sign_in(db: None) -> None:
    here = {"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/tickets/7/"}
    answer = opened(desk, AnonymousUser(), method="post", **here)
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=/desk/tickets/7/"
