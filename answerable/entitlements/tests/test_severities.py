"""Which severity a request has, by what was said of it and what it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.actions import SHIPPED, read_plan_file
from answerable.entitlements.core.eligibility import Ask, Reason, decide
from answerable.entitlements.core.plan import Severity, Target, Terms
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.core.severities import (
    capped,
    environments_asked,
    form_for,
    is_out_of_reach,
    offers_choice,
    opening_severity,
    severities_open,
)
from answerable.entitlements.tests.test_eligibility import DANA, NOW, PREMIUM

PLANS = {
    name: read_terms(read_plan_file(SHIPPED / f"{name}.toml"))
    for name in (
        "premium",
        "github-premium",
        "gitlab-priority",
        "aws-enterprise",
        "red-hat-premium",
        "zitadel",
    )
}
GITHUB = PLANS["github-premium"]


@pytest.mark.parametrize("name", PLANS)
def test_it_is_chosen_but_in_the_plan_that_has_the_claim(name: str) -> None:
    assert offers_choice(PLANS[name]) == (name != "premium")


@pytest.mark.parametrize(
    ("plan", "said", "environment", "opens"),
    [
        ("premium", "", "", "standard"),
        ("premium", "business_critical", "", "business_critical"),
        ("github-premium", "", "", "normal"),
        ("github-premium", "urgent", "production", "urgent"),
        ("github-premium", "urgent", "", "urgent"),
        ("github-premium", "urgent", "staging", "normal"),
        ("github-premium", "high", "other", "normal"),
        ("github-premium", "low", "staging", "low"),
        ("github-premium", "sev1", "production", "normal"),
        ("aws-enterprise", "production_down", "staging", "production_down"),
        ("zitadel", "s2", "", "s2"),
    ],
)
def test_it_opens(plan: str, said: str, environment: str, opens: str) -> None:
    assert opening_severity(PLANS[plan], said, environment) == opens


def test_it_opens_with_the_default_where_only_we_set_it_and_the_promise_would_count() -> None:
    rows = tuple(replace(row, starts="created") for row in GITHUB.targets)
    assert opening_severity(replace(GITHUB, targets=rows), "urgent", "production") == "normal"


def test_it_is_for_production_only_as_the_plan_says() -> None:
    assert severities_open(GITHUB, "staging") == ["normal", "low"]
    assert severities_open(GITHUB, "production") == ["urgent", "high", "normal", "low"]


def test_it_names_the_rows_that_it_is_out_of_reach_of() -> None:
    bought = replace(PREMIUM, terms=GITHUB)
    ask = Ask("form", "web", "en", "urgent", NOW, environment="staging")
    verdict = decide(replace(DANA, bought=(bought,)), ask)
    reasons = {refusal.target: refusal.reasons for refusal in verdict.refusals}
    assert verdict.target is None
    assert reasons["urgent"] == (Reason.NOT_PRODUCTION,)
    assert reasons["high"] == (Reason.NOT_PRODUCTION, Reason.OTHER_SEVERITY)


@pytest.mark.parametrize(
    ("plan", "severity", "form"),
    [
        ("gitlab-priority", "s1", "emergency_form"),
        ("gitlab-priority", "s2", "form"),
        ("zitadel", "s1", "form"),
        ("premium", "standard", "form"),
        ("premium", "unheard_of", "form"),
    ],
)
def test_it_is_sent_by_the_form_on_which_it_is_promised(
    plan: str, severity: str, form: str
) -> None:
    assert form_for(PLANS[plan], severity) == form


def test_it_asks_for_environments_only_where_a_promise_depends_on_them() -> None:
    assert environments_asked([PLANS["premium"], PLANS["zitadel"]]) == ()
    assert environments_asked([GITHUB]) == ("production",)
    first, *others = PLANS["premium"].targets
    about = replace(first, environments=("staging", "production"))
    named = replace(PLANS["premium"], targets=(about, *others))
    assert environments_asked([named]) == ("production", "staging")


SEVERITIES = st.lists(st.booleans(), min_size=1, max_size=6).map(
    lambda only: {
        f"s{rank}": Severity(f"s{rank}", f"S{rank}", rank, production_only=flag)
        for rank, flag in enumerate(only, 1)
    }
)


@given(SEVERITIES, st.sampled_from(["", "production", "staging", "other"]))
def test_a_cap_is_the_worst_that_is_left_and_holds(
    severities: dict[str, Severity], environment: str
) -> None:
    terms = replace(PLANS["premium"], severities=severities)
    for key, severity in severities.items():
        found = capped(terms, key, environment)
        left = [
            k for k in severities_open(terms, environment) if terms.rank(k) >= terms.rank(key)
        ]
        assert found == (left[0] if left else terms.default_severity)
        assert capped(terms, found, environment) in {found, terms.default_severity}
        if not is_out_of_reach(severity, environment):
            assert found == key


def test_a_target_without_a_severity_is_out_of_nobodys_reach() -> None:
    rest = next(row for row in GITHUB.targets if row.metric == "triage")
    assert isinstance(rest, Target)
    terms: Terms = replace(GITHUB, targets=(replace(rest, metric="first_response"),))
    ask = Ask("form", "web", "en", "urgent", NOW, environment="staging")
    verdict = decide(replace(DANA, bought=(replace(PREMIUM, terms=terms),)), ask)
    assert verdict.target is not None
