"""What a plan says of excuses and remedies, or in words what is wrong with it."""

from __future__ import annotations

import copy
import tomllib
from datetime import timedelta
from typing import Any

import pytest

from answerable.entitlements.actions import SHIPPED, read_plan_file
from answerable.entitlements.core.clauses import Band, ExceptionRule, Remedy
from answerable.entitlements.core.plan import PlanError, Terms
from answerable.entitlements.core.reading import read_terms

PREMIUM = read_plan_file(SHIPPED / "premium.toml")
CREDIT = """
key = "credit"
measure = "missed"
metrics = ["first_response"]
window = "quarter"
fiscal_start = 2
more_than = 4
percent = 20
claim_within = "30d"
says = "20 % of the quarterly support fee"
"""
DAYS = """
key = "days"
measure = "minutes_over"
metrics = ["first_response", "escalation_response"]
days = 1
per = "15m"
answer_within = "10d"
"""
BANDS = """
key = "bands"
measure = "kept"
metrics = ["first_response"]
bands = [{ below = 0.95, percent = 5 }, { below = 0.9, percent = 10 }]
cap_percent = 10
"""


def with_clause(kind: str, *clauses: str | dict[str, Any]) -> Terms:
    plan = copy.deepcopy(PREMIUM)
    plan[kind] = [tomllib.loads(c) if isinstance(c, str) else c for c in clauses]
    return read_terms(plan)


def test_the_plan_that_we_ship_may_be_excused_by_four_things() -> None:
    rules = {rule.code: rule for rule in read_terms(PREMIUM).exceptions}
    assert list(rules) == [
        "customer_asked_to_wait",
        "contact_data_unusable",
        "duplicate_of",
        "force_majeure",
    ]
    assert all(rule.needs_evidence and rule.appealable for rule in rules.values())
    assert rules["duplicate_of"].decided_by == "lead"
    assert rules["force_majeure"].decided_by == "administrator"


def test_it_reads_what_may_excuse_a_miss() -> None:
    rule = 'code = "wait"\nsays = "You asked us to wait"\n'
    more = 'needs_evidence = false\ndecided_by = "agent"\nappealable = false'
    assert with_clause("exceptions", rule + more).exceptions == (
        ExceptionRule("wait", "You asked us to wait", False, "agent", False),
    )


def test_it_reads_what_is_owed() -> None:
    first = ("first_response",)
    both = (*first, "escalation_response")
    assert with_clause("remedies", CREDIT, DAYS, BANDS).remedies == (
        Remedy(
            *("credit", "missed", first, "quarter", 2, 4, 20.0),
            claim_within=timedelta(days=30),
            says="20 % of the quarterly support fee",
        ),
        Remedy(
            *("days", "minutes_over", both),
            days=1.0,
            per=timedelta(minutes=15),
            answer_within=timedelta(days=10),
        ),
        Remedy(
            *("bands", "kept", first),
            bands=(Band(0.95, 5.0), Band(0.9, 10.0)),
            cap_percent=10.0,
        ),
    )


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"measure": "share"}, "'measure' must be one of missed, kept, minutes_over"),
        ({"window": "week"}, "'window' must be one of month, quarter, term"),
        ({"metrics": []}, "'metrics' must name some of first_response"),
        ({"metrics": ["reply"]}, "'metrics' must name some of first_response"),
        ({"fiscal_start": 13}, "a month from 1 to 12"),
        ({"fiscal_start": 1.5}, "'fiscal_start' must be a whole number"),
        ({"more_than": -1}, "nothing below 0"),
        ({"percent": 0}, "'percent' or 'days' must say what is owed"),
        ({"measure": "minutes_over"}, "'per' must say"),
        ({"measure": "kept"}, "'bands' must say which share"),
        ({"bands": [{"below": 95, "percent": 5}]}, "'below' is a share up to 1"),
        ({"claim_within": "soon"}, "is not a duration"),
        ({"refund": True}, "'refund' is not known here"),
    ],
)
def test_it_refuses_a_remedy_that_cannot_be_meant(change: dict[str, Any], wrong: str) -> None:
    with pytest.raises(PlanError, match=wrong):
        with_clause("remedies", tomllib.loads(CREDIT) | change)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"decided_by": "anybody"}, "'decided_by' must be one of agent, lead, administrator"),
        ({"says": ""}, "'says' must be a text"),
        ({"appealable": "yes"}, "'appealable' must be true or false"),
    ],
)
def test_it_refuses_an_exception_that_cannot_be_meant(
    change: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(PlanError, match=wrong):
        with_clause("exceptions", {"code": "wait", "says": "You asked us to wait"} | change)


def test_it_refuses_two_of_a_name() -> None:
    with pytest.raises(PlanError, match="two with the key 'credit'"):
        with_clause("remedies", CREDIT, CREDIT)
    rule = {"code": "wait", "says": "You asked us to wait"}
    with pytest.raises(PlanError, match="two with the code 'wait'"):
        with_clause("exceptions", rule, rule)
