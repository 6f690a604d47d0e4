"""What may excuse a miss by the plan that we ship, and clauses that cannot be meant."""

from __future__ import annotations

from answerable.entitlements.actions import SHIPPED, read_plan_file
from answerable.entitlements.core.reading import read_terms


def test_the_plan_that_we_ship_may_be_excused_by_four_things() -> None:
    terms = read_terms(read_plan_file(SHIPPED / "premium.toml"))
    rules = {rule.code: rule for rule in terms.exceptions}
    assert list(rules) == [
        "customer_asked_to_wait",
        "contact_data_unusable",
        "duplicate_of",
        "force_majeure",
    ]
    assert all(rule.needs_evidence and rule.appealable for rule in rules.values())
    assert rules["duplicate_of"].decided_by == "lead"
    assert rules["force_majeure"].decided_by == "administrator"
