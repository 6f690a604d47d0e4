"""A plan carries cases that it must get right; what fails one is not published."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from answerable.cast import Cast
from answerable.entitlements.actions import SHIPPED, Release, read_plan_text
from answerable.entitlements.core.document import examine_text, read_document
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.moments import moment
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.models import PlanVersion
from answerable.sla.actions import publish, publish_text
from answerable.sla.queries import offer_for
from answerable.sla.trial_words import failures
from answerable.sla.trying import Request, answer, try_plan
from answerable.tickets.models import CRITICAL

PLANS = sorted(SHIPPED.glob("*.toml"))
PREMIUM = read_plan_text(SHIPPED / "premium.toml")


def terms_of(text: str) -> Terms:
    return read_terms(read_document(text))


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_it_ships_plans_that_keep_their_examples(file: Path) -> None:
    reading = examine_text(read_plan_text(file))
    assert reading.findings == ()
    assert failures(reading.terms) == []
    assert len(reading.terms.examples) >= 6
    assert any(example.due == "none" for example in reading.terms.examples)


@pytest.mark.parametrize("file", PLANS, ids=lambda file: file.stem)
def test_it_ships_plans_of_which_an_example_tries_every_row(file: Path) -> None:
    terms = terms_of(read_plan_text(file))
    tried = {trial.answer.target.key for trial in try_plan(terms) if trial.answer.target}
    assert tried == {target.key for target in terms.targets}


def test_it_ships_six_programmes() -> None:
    assert [file.stem for file in PLANS] == [
        *("aws-enterprise", "github-premium", "gitlab-priority"),
        *("premium", "red-hat-premium", "zitadel"),
    ]


@pytest.mark.parametrize(
    ("plan", "row", "changed"),
    [
        ("premium", 'channels = ["form"]', "channels = []"),
        ("aws-enterprise", 'within = "12 h"', 'within = "12 h 1 min"'),
        ("github-premium", 'within = "30 min"', 'within = "31 min"'),
        ("gitlab-priority", 'fri = ["00:00-24:00"]', 'fri = ["00:00-23:59"]'),
        ("red-hat-premium", 'zone = "America/New_York"', 'zone = "America/Chicago"'),
        ("zitadel", "designated = true", "designated = false"),
    ],
)
def test_a_changed_rule_breaks_an_example(plan: str, row: str, changed: str) -> None:
    text = read_plan_text(SHIPPED / f"{plan}.toml")
    assert row in text
    assert failures(terms_of(text.replace(row, changed)))


def test_it_shows_both_derivations_of_an_example_that_fails() -> None:
    wrong = PREMIUM.replace("2026-03-09 16:45 Europe/Berlin", "2026-03-09 08:45 Europe/Berlin")
    (finding,) = failures(terms_of(wrong))
    assert finding.is_error
    assert finding.words == (
        "Example 'A user with a paid seat writes before the weekend: one day of support hours' "
        "says 2026-03-09 08:45 Europe/Berlin (aim); the plan makes it 2026-03-09 16:45 "
        "Europe/Berlin (aim)."
    )
    assert finding.instead.strip().splitlines() == [
        "Row 'aim': 9 hours of support hours.",
        "Support hours are Mon\N{EN DASH}Fri 08:00\N{EN DASH}17:00 (Berlin).",
        "Until what the plan makes it:",
        "    Counted: Fri 16:45\N{EN DASH}17:00 15 min",
        "    Closed: Fri 17:00 \N{EN DASH} Mon 08:00 (weekend) \N{EN DASH}",
        "    Counted: Mon 08:00\N{EN DASH}16:45 8 h 45 min",
        "    Counted in all: 9 h",
        "Until what the example says:",
        "    Counted: Fri 16:45\N{EN DASH}17:00 15 min",
        "    Closed: Fri 17:00 \N{EN DASH} Mon 08:00 (weekend) \N{EN DASH}",
        "    Counted: Mon 08:00\N{EN DASH}08:45 45 min",
        "    Counted in all: 60 min",
    ]


def test_it_says_why_no_row_fits() -> None:
    wrong = PREMIUM.replace('requester = "stranger"\nchannel = "email"\ndue = "none"', "")
    wrong = wrong.replace('"Somebody unknown writes a mail"', '"A user"\nseverity = "standard"')
    wrong += 'due = "2026-03-06 17:45 Europe/Berlin"\n'
    (finding,) = failures(terms_of(wrong))
    assert "the plan makes it none." in finding.words
    assert finding.instead.strip().splitlines() == [
        "No row fits:",
        "    critical: not in role, not designated, no paid seat, other severity",
        "    standard: not in role, not designated, no paid seat",
        "    aim: no paid seat",
    ]


def test_it_compares_how_binding_it_is() -> None:
    wrong = PREMIUM.replace('due = "2026-03-06 17:45 Europe/Berlin"\nkind = "guarantee"', "XX")
    wrong = wrong.replace("XX", 'due = "2026-03-06 17:45 Europe/Berlin"\nkind = "aim"')
    (finding,) = failures(terms_of(wrong))
    assert "17:45 Europe/Berlin (aim); the plan makes it 2026-03-06 17:45" in finding.words
    assert "Europe/Berlin (guarantee)." in finding.words


def test_it_says_the_same_as_the_rules_that_decide_on_tickets(cast: Cast, at: datetime) -> None:
    for requester, contact in (("super_admin", cast.dana), ("user", cast.sam)):
        for severity in ("standard", CRITICAL):
            tried = answer(cast.premium.terms, Request(at, requester, severity))
            offered = offer_for(contact, tried.ask)
            assert offered.due_at == tried.due_at
            assert offered.verdict.target == tried.target


def test_it_publishes_nothing_that_fails_an_example(cast: Cast, at: datetime) -> None:
    wrong = PREMIUM.replace("2026-10-25 02:10 UTC+1", "2026-10-25 03:10 UTC+1")
    with pytest.raises(PlanRefused, match="the plan makes it 2026-10-25 02:10 UTC") as refused:
        publish_text(wrong, at=at)
    (finding,) = refused.value.findings
    assert wrong.splitlines()[(finding.line or 0) - 1] == 'due = "2026-10-25 03:10 UTC+1"'
    with pytest.raises(PlanRefused):
        publish(read_document(wrong), at=at)
    assert PlanVersion.objects.count() == 1


def test_it_names_the_line_of_what_cannot_be_published(cast: Cast, at: datetime) -> None:
    wrong = PREMIUM.replace('within = "30m"', "within = 30")
    with pytest.raises(PlanRefused) as refused:
        publish_text(wrong, at=at)
    (finding,) = refused.value.findings
    assert wrong.splitlines()[(finding.line or 0) - 1] == "within = 30"


def test_it_keeps_the_text_as_it_was_written(cast: Cast, at: datetime) -> None:
    text = "# Ours.\r\n" + PREMIUM.replace('name = "Premium"', 'name = "Premium Plus"')
    version = publish_text(text, at=at, release=Release(agent=cast.ida, note="A new name."))
    version = PlanVersion.objects.select_related("written", "published_by").get(pk=version.pk)
    assert version.written.text == text
    assert version.document == read_document(version.written.text)
    assert (version.published_by, version.note) == (cast.ida, "A new name.")
    assert cast.premium.written.text == PREMIUM


def test_a_request_waits_for_a_calendar_that_never_opens_long_enough() -> None:
    text = PREMIUM.replace('within = "9h"', 'within = "900000h"')
    tried = answer(terms_of(text), Request(moment("2026-03-06 16:45 Europe/Berlin"), "user"))
    assert tried.target
    assert tried.due_at is None
    assert "the plan makes it never" in failures(terms_of(text))[0].words
