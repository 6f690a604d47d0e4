"""The page that sends a request, for plans whose customers choose a severity."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.portal.tests.helping import form_with, sent_by, text_of
from answerable.sla.models import Clock
from answerable.sla.tests.plans import LEVELS, row, shipped, sold
from answerable.tickets.models import Claim, Rating, Ticket

HOUR = timedelta(hours=1)


def page_of(client: Client) -> str:
    return client.get("/contact/").content.decode()


@pytest.mark.parametrize(
    ("plan", "names"),
    [
        ("github-premium", ["Urgent", "High", "Normal", "Low"]),
        ("gitlab-priority", ["S1", "S2", "S3", "S4"]),
        ("aws-enterprise", ["Business-critical system down", "General guidance"]),
        ("red-hat-premium", ["Severity 1", "Severity 2, around the clock", "Severity 4"]),
        ("zitadel", ["Severity 1", "Severity 4"]),
    ],
)
def test_it_offers_the_severities_of_the_plan(
    cast: Cast, dana: Client, at: datetime, plan: str, names: list[str]
) -> None:
    contract = shipped(cast, plan, at=at)
    page, said = page_of(dana), text_of(dana.get("/contact/"))
    terms = contract.plan_version.terms
    assert all(name in said for name in names)
    assert page.count('name="severity"') == len(terms.severities)
    assert 'name="critical"' not in page
    default = re.search(r'value="(\w+)" id="id_severity_\d"[^>]* checked', page)
    assert default is not None
    assert default[1] == terms.default_severity


def test_it_leaves_the_claim_of_premium_as_it_is(dana: Client) -> None:
    page = page_of(dana)
    assert 'name="critical"' in page
    assert not re.search(r'name="(severity|product|environment)"', page)


def test_it_says_what_each_is_and_what_it_promises(
    cast: Cast, dana: Client, at: datetime
) -> None:
    shipped(cast, "gitlab-priority", at=at)
    said = text_of(dana.get("/contact/"))
    assert "S1 The product is unusable. Not: Asking for attention to another ticket" in said
    assert re.search(r"another ticket Guaranteed reply by .+, in (29|30) minutes", said)
    assert "S4 A question." in said


def test_it_promises_what_is_sent(cast: Cast, dana: Client, at: datetime) -> None:
    shipped(cast, "zitadel", at=at)
    answer = dana.post("/contact/", form_with(dana, severity="s2"))
    ticket = Ticket.objects.get()
    clock = Clock.objects.get(metric="first_response")
    assert (ticket.severity, clock.target) == ("s2", "s2")
    said = text_of(dana.get(answer.headers["Location"]))
    assert "Severity: Severity 2" in said
    assert not Claim.objects.exists()


def test_the_worst_of_some_plans_goes_by_the_emergency_form(
    cast: Cast, dana: Client, at: datetime
) -> None:
    shipped(cast, "gitlab-priority", at=at)
    dana.post("/contact/", form_with(dana, severity="s1"))
    dana.post("/contact/", form_with(dana, body="A question", severity="s4"))
    first, second = Ticket.objects.order_by("pk")
    assert (first.channel, second.channel) == ("emergency_form", "form")
    assert Clock.objects.get(ticket=first, metric="first_response").target == "s1"


def test_it_asks_for_what_the_plan_needs_with_the_one_that_is_chosen(
    cast: Cast, dana: Client, at: datetime
) -> None:
    shipped(cast, "red-hat-premium", at=at)
    filled = form_with(dana, severity="sev1")
    answer = dana.post("/contact/", filled)
    assert answer.status_code == 422
    words = "Enter an answer to “Who is reachable until it is solved?”"
    assert words in text_of(answer)
    assert re.search(r'value="sev1" id="id_severity_0"[^>]* checked', answer.content.decode())
    dana.post("/contact/", filled | {"need_1_0": "Dana, day and night"})
    assert Rating.objects.get().answers == [
        {"asks": "Who is reachable until it is solved?", "says": "Dana, day and night"}
    ]


def test_it_asks_nothing_of_the_ones_that_are_not_chosen(
    cast: Cast, dana: Client, at: datetime
) -> None:
    shipped(cast, "red-hat-premium", at=at)
    dana.post("/contact/", form_with(dana, severity="sev3"))
    assert Rating.objects.get().answers == []


@pytest.mark.parametrize("severity", ["", "urgent", "business_critical"])
def test_it_needs_one_of_the_plans(
    cast: Cast, dana: Client, at: datetime, severity: str
) -> None:
    shipped(cast, "zitadel", at=at)
    answer = dana.post("/contact/", form_with(dana, severity=severity))
    assert answer.status_code == 422
    assert "Select how serious it is" in text_of(answer)
    assert not Ticket.objects.exists()


def test_it_says_that_a_time_counts_from_when_we_set_the_severity(
    cast: Cast, dana: Client, at: datetime
) -> None:
    shipped(cast, "github-premium", at=at)
    times = "30 minutes, 24\N{MULTIPLICATION SIGN}7"
    words = f"Guaranteed reply within {times}, counted from when we set the severity."
    said = text_of(dana.get("/contact/"))
    assert words in said
    filled = form_with(dana, severity="urgent", environment="production", need_1_0="Everybody")
    answer = dana.post("/contact/", filled)
    assert words in text_of(dana.get(answer.headers["Location"]))


def test_e47_it_says_what_a_severity_counts_as_in_another_environment(
    cast: Cast, dana: Client, at: datetime
) -> None:
    shipped(cast, "github-premium", at=at)
    words = "This is for production only. About another environment it counts as Normal."
    assert words not in text_of(dana.get("/contact/"))
    asked = "/contact/promise/?environment=other&severity=urgent"
    assert words in text_of(dana.get(asked))
    answer = dana.post(
        "/contact/", form_with(dana, severity="urgent", environment="other")
    )  # What the plan asks for with Urgent is not needed for Normal.
    said = text_of(dana.get(answer.headers["Location"]))
    assert "Severity: Normal You said Urgent. That is for production only." in said
    assert (Ticket.objects.get().severity, Ticket.objects.get().environment) == (
        "normal",
        "other",
    )


def test_it_asks_for_the_environment_only_where_a_promise_depends_on_it(
    cast: Cast, dana: Client, at: datetime
) -> None:
    shipped(cast, "zitadel", at=at)
    assert 'name="environment"' not in page_of(dana)
    shipped(cast, "github-premium", at=at)
    page = page_of(dana)
    assert '<option value="production" selected>Production</option>' in page
    assert '<option value="other">Another environment</option>' in page


def test_it_asks_for_the_product_only_where_there_are_several(
    cast: Cast, dana: Client, at: datetime
) -> None:
    assert 'name="product"' not in page_of(dana)
    entitlements.add_subscription(
        cast.nordwind, product="smart_crm", tier="enterprise", starts_at=at - HOUR
    )
    assert '<option value="service" selected>Service</option>' in page_of(dana)
    dana.post("/contact/", form_with(dana, product="smart_crm"))
    assert Ticket.objects.get().product == "smart_crm"
    # The next one is filled in as the last was.
    assert '<option value="smart_crm" selected>Smart crm</option>' in page_of(dana)
    dana.post("/contact/", form_with(dana, body="An invoice", product="other"))
    assert Ticket.objects.order_by("-pk")[0].product == ""
    answer = dana.post("/contact/", form_with(dana, body="And more", product="tractors"))
    assert "Select a product" in text_of(answer)


def test_it_shows_the_promise_of_the_product_that_is_chosen(
    cast: Cast, dana: Client, at: datetime
) -> None:
    fast = row("first_response", HOUR / 4, key="fast", products=("sales",))
    sold(cast, at, fast, row("first_response", 8 * HOUR, key="slow"))
    entitlements.add_subscription(
        cast.nordwind, product="sales", tier="enterprise", starts_at=at - HOUR
    )
    assert "in 14 minutes" in text_of(dana.get("/contact/promise/?product=sales"))
    assert "in 14 minutes" not in text_of(dana.get("/contact/promise/?product=service"))


def test_it_asks_by_the_plan_of_the_product_that_is_chosen(
    cast: Cast, dana: Client, at: datetime
) -> None:
    entitlements.add_subscription(
        cast.nordwind, product="sales", tier="enterprise", starts_at=at - HOUR
    )
    fast = row("first_response", HOUR / 4, key="fast", products=("sales",))
    levels = sold(cast, at, fast, severities=LEVELS)
    rest = sold(cast, at, row("first_response", HOUR), key="silver", beside=True)
    page = page_of(dana)
    assert 'name="critical"' in page
    assert f'name="plan" value="{rest.plan_version_id}"' in page
    address = f"/contact/promise/?plan={rest.plan_version_id}&product="
    same, other = (dana.get(address + key).content.decode() for key in ("service", "sales"))
    assert 'id="how-serious"' not in same
    assert 'name="severity"' in other
    assert f'name="plan" value="{levels.plan_version_id}"' in other


def test_a_stranger_reads_of_no_promise(cast: Cast, client: Client, at: datetime) -> None:
    shipped(cast, "gitlab-priority", at=at)
    said = text_of(client.get("/contact/"))
    assert "Guaranteed times apply once we know who you are." in said
    assert "Guaranteed reply" not in said


def test_what_was_chosen_is_kept_while_somebody_signs_in(
    cast: Cast, client: Client, at: datetime
) -> None:
    shipped(cast, "gitlab-priority", at=at)
    client.post("/contact/", form_with(client, severity="s2"))
    assert re.search(r'value="s2" id="id_severity_1"[^>]* checked', page_of(client))


def test_it_asks_as_few_questions(
    cast: Cast,
    dana: Client,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    shipped(cast, "aws-enterprise", at=at)
    dana.get("/contact/")
    # Four are about colleagues who could confirm it, as the plan guarantees Dana nothing; three
    # are about who could chat, and one is about the fields that a request needs.
    with django_assert_num_queries(18):
        dana.get("/contact/")


def test_it_lists_the_worst_as_such(cast: Cast, dana: Client, at: datetime) -> None:
    shipped(cast, "gitlab-priority", at=at)
    dana.post("/contact/", form_with(dana, severity="s1"))
    sent_by(cast.dana, "Another", at=now())
    assert dana.get("/requests/").content.decode().count("chip--critical") == 1
