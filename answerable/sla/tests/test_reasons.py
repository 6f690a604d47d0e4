"""Every reason against a promise has its words, for customers and for agents."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from answerable.entitlements.actions import SHIPPED, read_plan_file
from answerable.entitlements.core.eligibility import Reason, Refusal, Term
from answerable.entitlements.core.reading import read_terms
from answerable.sla.reasons import Setting, nearest_refusal, told_to_agent, told_to_customer

TERMS = read_terms(read_plan_file(SHIPPED / "premium.toml"))
YEAR_2025 = Term(datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 6, 30, 12, tzinfo=UTC))
SAID = [reason for reason in Reason if reason != Reason.OTHER_SEVERITY]


def refusal(*reasons: Reason, severity: str = "standard", target: str = "standard") -> Refusal:
    return Refusal(1, target, "guarantee", severity, reasons)


def about(refused: Refusal) -> Setting:
    return Setting(
        refused, "Sam Ortiz", "Nordwind GmbH", ZoneInfo("Europe/Berlin"), TERMS, YEAR_2025
    )


@pytest.mark.parametrize("reason", SAID)
def test_it_has_words_for(reason: Reason) -> None:
    sentence = told_to_customer(about(refusal(reason)))[0]
    clause = told_to_agent(about(refusal(reason)))
    assert sentence.endswith(".")
    assert not clause.endswith(".")
    assert "{" not in sentence + clause
    assert "  " not in sentence + clause


def test_it_names_the_day_on_which_a_contract_ended() -> None:
    said = told_to_customer(about(refusal(Reason.CONTRACT_ENDED)))
    assert said == ["Premium for Nordwind GmbH ended on 30 June 2025."]


def test_it_says_once_what_two_reasons_mean() -> None:
    both = refusal(Reason.NOT_IN_ROLE, Reason.NOT_DESIGNATED)
    assert told_to_agent(about(both)) == "sent by Sam Ortiz, who is not a Super Admin"


def test_it_never_gives_another_severity_as_a_reason() -> None:
    assert told_to_customer(about(refusal(Reason.OTHER_SEVERITY))) == []


def test_it_explains_the_guarantee_that_was_closest() -> None:
    far = refusal(Reason.NOT_IN_ROLE, Reason.NO_PAID_SEAT, Reason.WRONG_LANGUAGE)
    near = refusal(Reason.WRONG_LANGUAGE)
    other = refusal(severity="business_critical", target="critical")
    assert nearest_refusal([far, near, other], "standard") is near
    assert nearest_refusal([], "standard") is None
