"""Everything that a plan can say is read, and what it leaves out has a meaning."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from answerable.entitlements.core.clauses import (
    Band,
    ExceptionRule,
    Naming,
    PauseRule,
    Reclassification,
    Remedy,
    Response,
)
from answerable.entitlements.core.document import examine_text, read_document
from answerable.entitlements.core.lines import lines_of
from answerable.entitlements.core.plan import Channel, Kind, Requester, Severity, Terms
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.tests.rich import RICH

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BARE = """
key = "bare"
name = "Bare"
[calendars.always]
zone = "UTC"
always = true
[requesters.anybody]
[channels.form]
[[targets]]
key = "reply"
metric = "first_response"
requester = "anybody"
within = "4h"
calendar = "always"
kind = "aim"
"""


def terms() -> Terms:
    return read_terms(read_document(RICH))


def bare(more: str = "") -> Terms:
    return read_terms(read_document(BARE + more))


def test_it_finds_nothing_wrong_with_a_plan_that_says_everything() -> None:
    assert examine_text(RICH).findings == ()


def test_it_reads_the_rows_of_the_matrix() -> None:
    urgent, normal, decide, updates = terms().targets
    assert (urgent.severity, urgent.requester, urgent.channels) == (
        "urgent",
        "contact",
        ("form", "phone"),
    )
    assert (urgent.languages, urgent.environments, urgent.products) == (
        ("en",),
        ("production",),
        ("service",),
    )
    assert (urgent.within, urgent.calendar, urgent.kind) == (30 * MINUTE, "always", "guarantee")
    assert (urgent.due_soon, urgent.kept_share) == (6 * MINUTE, 0.95)
    assert (urgent.starts, normal.starts) == ("severity_set", "created")
    assert (normal.within, normal.business_days, normal.due_soon) == (DAY, 1, 2 * HOUR)
    assert (normal.severity, normal.channels, normal.kept_share) == (None, (), None)
    assert (decide.metric, updates.metric) == ("triage", "status_update")
    assert (decide.every, updates.every) == (False, True)


def test_it_reads_who_it_is_for_and_by_which_way() -> None:
    assert terms().requesters == {
        "contact": Requester("contact", "support contact", None, True, None),
        "anybody": Requester("anybody", "anybody at the customer", None, False, None),
    }
    assert terms().channels == {
        "form": Channel("form", "the request form", ("web",), (), "office"),
        "phone": Channel("phone", "phone", (), ("en",), None, "+49 30 901820", ("DE", "AT")),
    }


def test_it_reads_severities() -> None:
    assert list(terms().severities.values()) == [
        Severity(
            key="urgent",
            name="Urgent",
            rank=1,
            definition="Production stands still.",
            examples=("Nobody can sign in",),
            not_examples=("A question",),
            needs=("impact", "Since when?"),
            set_by="both",
            production_only=True,
            is_critical=True,
        ),
        Severity(key="normal", name="normal", rank=2, is_default=True),
    ]
    assert terms().default_severity == "normal"


def test_it_has_two_severities_when_none_is_named() -> None:
    critical, standard = bare().severities.values()
    assert (critical.key, critical.set_by, critical.is_critical) == (
        "business_critical",
        "both",
        True,
    )
    assert (standard.key, standard.rank, standard.is_default) == ("standard", 2, True)


def test_it_takes_the_mildest_severity_for_one_that_is_not_given() -> None:
    plain = bare("[severities.s1]\nrank = 1\n[severities.s4]\nrank = 4\n")
    assert plain.default_severity == "s4"
    marked = bare("[severities.s1]\nrank = 1\ndefault = true\n[severities.s4]\nrank = 4\n")
    assert marked.default_severity == "s1"


def test_it_reads_the_clauses() -> None:
    rich = terms()
    assert rich.triage_share == 0.25
    assert rich.pauses == (
        PauseRule("waiting", ("status_update",), 4 * DAY, True, True),
        PauseRule("third_party", ()),
    )
    assert rich.reopen_window == 7 * DAY
    assert rich.naming == Naming(4, "customer")
    assert rich.response == Response("assignee", False, True, False, 30)
    assert rich.exceptions == (
        ExceptionRule(
            code="force_majeure",
            says="Something that nobody could foresee",
            needs_evidence=False,
            decided_by="administrator",
            appealable=False,
        ),
    )
    assert rich.reclassification == Reclassification(
        "assigned", "down", False, "change", "change"
    )
    assert (rich.terms_url, rich.changelog) == (
        "https://vendor.example/terms",
        "Urgent requests by telephone.",
    )


def test_it_reads_what_is_owed() -> None:
    credit, term, share = terms().remedies
    assert credit == Remedy(
        key="credit",
        measure="missed",
        metrics=("first_response",),
        window="quarter",
        fiscal_start=2,
        more_than=4,
        percent=20,
        cap_percent=50,
        claim_within=30 * DAY,
        answer_within=10 * DAY,
        severities=("urgent",),
        says="20 % of the quarterly fee",
    )
    assert (term.days, term.per, term.window) == (1, 15 * MINUTE, "term")
    assert share.bands == (Band(0.95, 2.5), Band(0.9, 5))


def test_it_reads_examples() -> None:
    (example,) = terms().examples
    assert (example.says, example.requester, example.kind) == (
        "A contact writes at night",
        "contact",
        "guarantee",
    )
    assert example.due == "2026-03-06 23:15 Europe/Berlin"


def test_it_means_something_by_everything_that_is_left_out() -> None:
    plan = bare()
    (reply,) = plan.targets
    assert (reply.kind, reply.within, reply.channels) == (Kind.AIM, 4 * HOUR, ())
    assert plan.requesters["anybody"].facts == 0
    assert plan.naming == Naming(None, "vendor")
    assert (plan.response, plan.reclassification) == (Response(), Reclassification())
    assert (plan.pauses, plan.exceptions, plan.remedies) == ((), (), ())


def test_its_terms_can_be_told_apart_and_its_rows_can_be_keys() -> None:
    rich = terms()
    assert rich == terms()
    assert replace(rich, name="Poor") != rich
    parts = (*rich.targets, *rich.calendars.values(), *rich.remedies, *rich.severities.values())
    assert len({hash(part) for part in parts}) == len(parts)


def test_every_name_of_a_plan_is_documented() -> None:
    words = (Path(__file__).parents[3] / "docs" / "plans.md").read_text()
    its_own = {"always", "office", "contact", "anybody", "form", "phone", "urgent", "normal"}
    names = {key for path in lines_of(RICH) for key in path if isinstance(key, str)}
    assert names - its_own - set(re.findall(r"[a-z_]+", words)) == set()
