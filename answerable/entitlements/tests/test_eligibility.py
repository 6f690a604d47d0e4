"""A guarantee exists only when everything holds; what fails weakens it, and says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.actions import SHIPPED, read_plan_file
from answerable.entitlements.core.eligibility import (
    Ask,
    Bought,
    Facts,
    Reason,
    Runs,
    Term,
    Verdict,
    decide,
)
from answerable.entitlements.core.reading import read_terms

TERMS = read_terms(read_plan_file(SHIPPED / "premium.toml"))
NOW = datetime(2025, 10, 20, 8, tzinfo=UTC)
DAY = timedelta(days=1)
PAST, FUTURE = Term(NOW - 9 * DAY, NOW), Term(NOW + DAY, None)
SINCE = Term(NOW - 9 * DAY, NOW + 9 * DAY)

PREMIUM = Bought(contract=1, version=7, terms=TERMS, term=SINCE, status="active")
DANA = Facts(
    known=True,
    role="super_admin",
    seat="paid",
    designations=((1, SINCE),),
    runs=(Runs("service", "enterprise", SINCE),),
    bought=(PREMIUM,),
)
SAM = replace(DANA, role="member", designations=())
STRANGER = Facts(known=False, role=None, seat=None, designations=(), runs=(), bought=())
FORM = Ask(channel="form", surface="web", language="en", severity="standard", at=NOW)
CRITICAL = replace(FORM, severity="business_critical")
CLAIMED = CRITICAL.severity
GERMAN = replace(CRITICAL, language="de")
MAIL = replace(FORM, channel="email", surface="mail")


def promised(verdict: Verdict) -> str:
    return verdict.target.key if verdict.target else ""


def reasons(verdict: Verdict, target: str = "standard") -> set[Reason]:
    return {
        reason
        for refusal in verdict.refusals
        if refusal.target == target
        for reason in refusal.reasons
    }


@pytest.mark.parametrize(
    ("it", "facts", "ask", "target"),
    [
        ("guarantees Dana a reply within the hour", DANA, FORM, "standard"),
        ("guarantees Dana half an hour when it is critical", DANA, CRITICAL, "critical"),
        ("aims at a reply for Sam", SAM, FORM, "aim"),
        ("aims at a reply for Sam, critical or not", SAM, CRITICAL, "aim"),
        ("aims at a reply for Dana's mail", DANA, MAIL, "aim"),
        ("promises a stranger nothing", STRANGER, MAIL, ""),
    ],
)
def test_it(it: str, facts: Facts, ask: Ask, target: str) -> None:
    assert promised(decide(facts, ask)) == target, it


def bought(**changes: object) -> Facts:
    return replace(DANA, bought=(replace(PREMIUM, **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "ask", "target", "reason"),
    [
        # The plan is active (H2).
        (bought(term=PAST), FORM, "", Reason.CONTRACT_ENDED),
        (bought(term=FUTURE), FORM, "", Reason.CONTRACT_NOT_STARTED),
        (bought(status="suspended"), FORM, "", Reason.CONTRACT_SUSPENDED),
        (bought(status="cancelled"), FORM, "", Reason.CONTRACT_CANCELLED),
        # The account runs Enterprise (H1).
        (replace(DANA, runs=()), FORM, "", Reason.PREREQUISITE_MISSING),
        (
            replace(DANA, runs=(Runs("service", "professional", SINCE),)),
            *(FORM, "", Reason.PREREQUISITE_MISSING),
        ),
        (
            replace(DANA, runs=(Runs("telephony", "enterprise", SINCE),)),
            *(FORM, "", Reason.PREREQUISITE_MISSING),
        ),
        (
            replace(DANA, runs=(Runs("service", "enterprise", PAST),)),
            *(FORM, "", Reason.PREREQUISITE_MISSING),
        ),
        # The requester is a designated Super Admin with a paid seat (H10, H11).
        (replace(DANA, role="admin"), FORM, "aim", Reason.NOT_IN_ROLE),
        (replace(DANA, designations=()), FORM, "aim", Reason.NOT_DESIGNATED),
        (replace(DANA, designations=((1, PAST),)), FORM, "aim", Reason.NOT_DESIGNATED),
        (replace(DANA, designations=((1, FUTURE),)), FORM, "aim", Reason.NOT_DESIGNATED),
        (replace(DANA, designations=((2, SINCE),)), FORM, "aim", Reason.NOT_DESIGNATED),
        (replace(DANA, seat="view_only"), FORM, "", Reason.NO_PAID_SEAT),
        # By the form in the web (H7, H32), in English (H8).
        (DANA, MAIL, "aim", Reason.WRONG_CHANNEL),
        (DANA, replace(FORM, surface="mobile_app"), "", Reason.WRONG_SURFACE),
        (DANA, replace(FORM, language="de"), "aim", Reason.WRONG_LANGUAGE),
        # From an address that is known (E31).
        (DANA, replace(FORM, admitted=True), "aim", Reason.UNKNOWN_ADDRESS),
        # And for the half hour, claimed (H32).
        (DANA, CRITICAL, "critical", Reason.OTHER_SEVERITY),
    ],
)
def test_it_weakens_when_one_thing_is_missing_and_says_so(
    facts: Facts, ask: Ask, target: str, reason: Reason
) -> None:
    verdict = decide(facts, ask)
    assert promised(verdict) == target
    assert reasons(verdict) == {reason}


def test_it_says_everything_that_is_missing() -> None:
    facts = replace(SAM, seat="none", bought=(replace(PREMIUM, term=PAST),))
    assert reasons(decide(facts, replace(MAIL, language="de"))) == {
        Reason.CONTRACT_ENDED,
        Reason.NOT_IN_ROLE,
        Reason.NOT_DESIGNATED,
        Reason.NO_PAID_SEAT,
        Reason.WRONG_CHANNEL,
        Reason.WRONG_LANGUAGE,
    }


@pytest.mark.parametrize(
    ("facts", "reason"),
    [(replace(DANA, bought=()), Reason.NO_CONTRACT), (STRANGER, Reason.UNKNOWN_SENDER)],
)
def test_it_says_that_there_is_no_contract_or_nobody_known(
    facts: Facts, reason: Reason
) -> None:
    (refusal,) = decide(facts, FORM).refusals
    assert (refusal.target, refusal.contract, refusal.reasons) == (None, None, (reason,))


def test_it_holds_from_the_start_of_a_contract_and_no_longer_at_its_end() -> None:
    begins = replace(PREMIUM, term=Term(NOW, NOW + DAY))
    assert promised(decide(replace(DANA, bought=(begins,)), FORM)) == "standard"
    ends = replace(PREMIUM, term=Term(NOW - DAY, NOW))
    assert promised(decide(replace(DANA, bought=(ends,)), FORM)) == ""


def test_it_takes_the_most_binding_promise_of_several_contracts_then_the_shortest() -> None:
    slow = replace(TERMS, targets=tuple(replace(t, within=9 * DAY) for t in TERMS.targets))
    both = (Bought(2, 8, slow, SINCE, "active"), PREMIUM)
    facts = replace(DANA, bought=both, designations=((1, SINCE), (2, SINCE)))
    assert decide(facts, FORM).bought == PREMIUM
    only_slow = replace(facts, designations=((2, SINCE),))
    verdict = decide(only_slow, FORM)
    assert (verdict.bought, promised(verdict)) == (both[0], "standard")


def test_it_says_of_each_refusal_which_contract_it_fell_under() -> None:
    renewed = replace(PREMIUM, contract=2, term=FUTURE)
    verdict = decide(replace(DANA, bought=(PREMIUM, renewed)), FORM)
    assert [(r.contract, r.target) for r in verdict.refusals] == [
        (1, "critical"),
        (1, "aim"),
        (2, "critical"),
        (2, "standard"),
        (2, "aim"),
        (2, "callback"),
    ]


terms_of_time = st.sampled_from([PAST, FUTURE, SINCE, Term(NOW, None)])
designations = st.tuples(st.sampled_from([1, 2]), terms_of_time)
facts = st.builds(
    Facts,
    known=st.booleans(),
    role=st.sampled_from(["super_admin", "admin", "member", None]),
    seat=st.sampled_from(["paid", "view_only", "none", None]),
    designations=st.lists(st.tuples(st.sampled_from([1, 2]), terms_of_time), max_size=2).map(
        tuple
    ),
    runs=st.lists(
        st.builds(
            Runs,
            st.sampled_from(["service", "telephony"]),
            st.sampled_from(["enterprise", "starter"]),
            terms_of_time,
        ),
        max_size=2,
    ).map(tuple),
    bought=st.lists(
        st.builds(
            Bought,
            contract=st.sampled_from([1, 2]),
            version=st.just(7),
            terms=st.just(TERMS),
            term=terms_of_time,
            status=st.sampled_from(["active", "suspended", "cancelled"]),
        ),
        max_size=2,
        unique_by=lambda one: one.contract,
    ).map(tuple),
)
asks = st.builds(
    Ask,
    channel=st.sampled_from(["form", "email", "chat"]),
    surface=st.sampled_from(["web", "mail", "mobile_app"]),
    language=st.sampled_from(["en", "de"]),
    severity=st.sampled_from(["standard", "business_critical"]),
    at=st.just(NOW),
)


@given(facts, asks)
def test_it_promises_or_refuses_each_row_of_a_plan_and_never_both(
    facts: Facts, ask: Ask
) -> None:
    verdict = decide(facts, ask)
    refused = [(r.contract, r.target) for r in verdict.refusals]
    rows: set[tuple[int | None, str | None]] = {
        (b.contract, t.key) for b in facts.bought for t in b.terms.targets
    }
    assert len(refused) == len(set(refused))
    assert all(refusal.reasons for refusal in verdict.refusals)
    assert set(refused) <= (rows or {(None, None)})
    if verdict.bought and verdict.target:
        assert (verdict.bought.contract, verdict.target.key) in rows - set(refused)
    else:
        assert set(refused) == (rows or {(None, None)})


@given(facts, asks)
def test_it_promises_a_guarantee_only_when_everything_holds(facts: Facts, ask: Ask) -> None:
    verdict = decide(facts, ask)
    if verdict.target and verdict.target.kind == "guarantee":
        assert verdict.bought
        assert (facts.known, facts.role, facts.seat) == (True, "super_admin", "paid")
        assert (ask.channel, ask.surface, ask.language) == ("form", "web", "en")
        assert verdict.bought.status == "active"
        assert verdict.bought.term.covers(NOW)
        assert any(
            contract == verdict.bought.contract and term.covers(NOW)
            for contract, term in facts.designations
        )
        assert any(run.tier == "enterprise" and run.term.covers(NOW) for run in facts.runs)


@pytest.mark.parametrize(
    ("it", "facts", "ask", "severity", "target"),
    [
        ("falls to the hour for Dana", DANA, CRITICAL, "standard", "standard"),
        ("rises to half an hour for Dana", DANA, FORM, CLAIMED, "critical"),
        (
            "stays what it is at the same severity",
            DANA,
            CRITICAL,
            "business_critical",
            "critical",
        ),
        ("stays an aim for Sam", SAM, CRITICAL, "standard", "aim"),
        (
            "stays an aim in another language",
            DANA,
            replace(CRITICAL, language="de"),
            "standard",
            "aim",
        ),
        ("stays nothing", bought(term=PAST), CRITICAL, "standard", None),
    ],
)
def test_a_promise_of_another_severity(
    it: str, facts: Facts, ask: Ask, severity: str, target: str | None
) -> None:
    found = decide(facts, replace(ask, severity=severity)).target
    assert (found.key if found else None) == target, it
