"""A short fault run: a few kills, and nothing is lost (docs/faults.md has the long one)."""

from __future__ import annotations


def test_it_loses_nothing_when_it_is_killed_over_and_over(fault_run: list[str]) -> None:
    assert fault_run[0] == "It ended with 0.", "\n".join(fault_run)
    assert any("6 of 6 kills" in line for line in fault_run)
