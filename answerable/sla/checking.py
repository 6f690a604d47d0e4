"""Everything that is wrong with a plan's text: what it says, and the examples that it fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.entitlements.core.document import examine_text
from answerable.entitlements.core.findings import Finding, PlanRefused, located
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.publishing import filling, judged
from answerable.entitlements.sources import Source, nowhere
from answerable.sla.trial_words import failures


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a text, by line; and its terms, None where they cannot be meant.

    A plan that fails an example can be meant, and yet is not published.
    """

    findings: tuple[Finding, ...]
    terms: Terms | None

    @property
    def errors(self) -> list[Finding]:
        """What refuses the plan."""
        return [finding for finding in self.findings if finding.is_error]

    @property
    def warnings(self) -> list[Finding]:
        """What can hardly be meant."""
        return [finding for finding in self.findings if not finding.is_error]


def checked(
    text: str,
    *,
    at: datetime,
    source: Source = nowhere,
    key: str = "",
    before: Terms | None = None,
) -> Checked:
    """Return all that is wrong with a text, and what it promises.

    Where `key` is named, the text must be of that plan; `before` are its newest terms.
    """
    try:
        reading = examine_text(text, filling(at, source))
    except PlanRefused as refused:
        return Checked(refused.findings, None)
    if reading.errors:
        return Checked(reading.findings, None)
    terms = reading.terms
    tried = [*_other(terms, key), *failures(terms), *judged(terms, before, at)]
    return Checked((*located(tried, text), *reading.findings), terms)


def _other(terms: Terms, key: str) -> list[Finding]:
    if key in ("", terms.key):
        return []
    values = (("key", key), ("other", terms.key))
    words = "This is a draft of '{key}', and the text says '{other}'."
    return [Finding(("key",), words, "A plan keeps its key: write '{key}'.", values)]
