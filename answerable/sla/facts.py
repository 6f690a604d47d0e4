"""The facts of a decision as they are stored: what was known when it was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from answerable.entitlements.core.eligibility import Bought, Facts, Runs, Term
from answerable.entitlements.core.plan import Terms


def facts_as_json(facts: Facts) -> dict[str, object]:
    """Return the facts as plain values, so that a decision can be read years later."""
    return {
        "known": facts.known,
        "role": facts.role,
        "seat": facts.seat,
        "designations": [
            {"contract": contract, **_term(term)} for contract, term in facts.designations
        ],
        "runs": [
            {"product": run.product, "tier": run.tier, **_term(run.term)} for run in facts.runs
        ],
        "bought": [
            {
                "contract": bought.contract,
                "version": bought.version,
                "status": bought.status,
                "since": bought.since.isoformat() if bought.since else None,
                **_term(bought.term),
            }
            for bought in facts.bought
        ],
    }


def facts_from_json(stored: Mapping[str, Any], bought: tuple[Bought, ...]) -> Facts:
    """Return stored facts as the values they were, with other contracts in place of theirs."""
    return Facts(
        known=stored["known"],
        role=stored["role"],
        seat=stored["seat"],
        designations=tuple(
            (row["contract"], _read_term(row)) for row in stored["designations"]
        ),
        runs=tuple(
            Runs(row["product"], row["tier"], _read_term(row)) for row in stored["runs"]
        ),
        bought=bought,
    )


def _read_term(row: Mapping[str, Any]) -> Term:
    ends_at = row["ends_at"]
    return Term(
        datetime.fromisoformat(row["starts_at"]),
        datetime.fromisoformat(ends_at) if ends_at else None,
    )


def _since(row: Mapping[str, Any]) -> datetime | None:
    since = row.get("since")  # Decisions of the first release did not keep it.
    return datetime.fromisoformat(since) if since else None


def _term(term: Term) -> dict[str, str | None]:
    return {
        "starts_at": term.starts_at.isoformat(),
        "ends_at": term.ends_at.isoformat() if term.ends_at else None,
    }


def facts_of_json(stored: Mapping[str, Any], terms: Mapping[int, Terms]) -> Facts:
    """Return facts as they were stored, with the terms of versions by number.

    A contract of a version that is not among them is left out.
    """
    bought = (
        Bought(
            row["contract"],
            row["version"],
            terms[row["version"]],
            _read_term(row),
            row["status"],
            _since(row),
        )
        for row in stored["bought"]
        if row["version"] in terms
    )
    return facts_from_json(stored, tuple(bought))
