"""The part of a form in which a customer says how serious a request is, by their plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.entitlements.core.plan import Severity, Terms
from answerable.entitlements.core.severities import is_out_of_reach
from answerable.intake.words_field import Words
from answerable.sla.words import said, severity_in
from answerable.tickets.actions import Said

IMPACT, OTHER = "impact", "other"


@dataclass(frozen=True, slots=True)
class Level:
    """A severity on the page: whether it is chosen, and the fields of what it asks for."""

    number: int
    key: str
    is_chosen: bool
    needs: tuple[BoundField, ...]


class SeverityForm(forms.Form):
    """How serious a request is. What the plan asks for with the one that is chosen, is asked.

    Without terms, or with severities among which nobody chooses, it has no fields of its own.
    """

    use_required_attribute = False

    def ask_severity(self, terms: Terms, severities: Sequence[str]) -> None:
        """Add the severities to choose from, the worst first, and what each asks for."""
        self._terms = terms
        self._known = {key: terms.severities[key] for key in severities}
        self.fields["severity"] = forms.ChoiceField(
            label=gettext_lazy("How serious is it?"),
            choices=[(key, severity_in(terms, key)) for key in severities],
            widget=forms.RadioSelect,
            error_messages=dict.fromkeys(
                ("required", "invalid_choice"), gettext_lazy("Select how serious it is")
            ),
        )
        for severity in self._known.values():
            for name, need in _names(severity):
                self.fields[name] = self._field(need)

    def fill_in(self, answers: Sequence[Mapping[str, str]]) -> None:
        """Fill in what was answered before, so that nothing is asked twice."""
        known = {row["asks"]: row["says"] for row in answers}
        for severity in self._known.values():
            for name, need in _names(severity):
                self.initial.setdefault(name, known.get(need, ""))

    def _field(self, need: str) -> forms.Field:
        if need == IMPACT:
            return forms.ChoiceField(
                label=gettext_lazy("What is blocked?"),
                choices=[(phrase.key, said(phrase.says)) for phrase in self._terms.rubric],
                widget=forms.RadioSelect,
                required=False,
            )
        return Words(
            label=said(need),
            required=False,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    @property
    def levels(self) -> list[Level]:
        """The severities as the page shows them."""
        if "severity" not in self.fields:
            return []
        chosen = str(self["severity"].value() or "")
        return [
            Level(
                number,
                key,
                key == chosen,
                tuple(self[name] for name, _need in _names(severity)),
            )
            for number, (key, severity) in enumerate(self._known.items())
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for what the plan wants to know with the severity that was chosen."""
        facts = dict(super().clean() or self.cleaned_data)
        severity = self._chosen(facts)
        if severity and not is_out_of_reach(severity, facts.get("environment", "")):
            for name, need in _names(severity):
                if name not in self.errors and not facts.get(name):
                    self.add_error(name, _missing(need))
        return facts

    @property
    def said(self) -> Said | None:
        """What was said of the severity, or None where it is not asked."""
        severity = self._chosen(self.cleaned_data)
        if severity is None:
            return None
        rubric = {phrase.key: phrase.says for phrase in self._terms.rubric}
        told = ((need, self.cleaned_data.get(name, "")) for name, need in _names(severity))
        answers = tuple(
            ("What is blocked?", rubric[says]) if need == IMPACT else (need, says)
            for need, says in told
            if says
        )
        return Said(severity=severity.key, answers=answers)

    def _chosen(self, facts: dict[str, Any]) -> Severity | None:
        known = self._known if "severity" in self.fields else {}
        return known.get(facts.get("severity", ""))


def _names(severity: Severity) -> Iterator[tuple[str, str]]:
    """Yield the name of the field of each thing that a severity asks for."""
    for number, need in enumerate(severity.needs):
        yield f"need_{severity.rank}_{number}", need


def _missing(need: str) -> str:
    if need == IMPACT:
        return _("Select what is blocked")
    return _("Enter an answer to “{question}”").format(question=said(need))
