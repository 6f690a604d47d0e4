"""What agents fill in about a missed promise: an excuse, a decision on an appeal, a comment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent
from answerable.entitlements.core.clauses import ExceptionRule
from answerable.sla.words import said
from answerable.tickets.actions import LONGEST

UPHOLD, REFUSE = "uphold", "refuse"


class Sentence(forms.CharField):
    """Words for the customer: some, and not too many."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, *, missing: Any, **kwargs: Any) -> None:
        errors = {
            "required": missing,
            "max_length": _("The sentence must be 10,000 characters or fewer"),
        }
        super().__init__(max_length=LONGEST, error_messages=errors, **kwargs)


class ExcuseForm(forms.Form):
    """Which exception of the plan excuses a miss, in a sentence, and what shows it."""

    code = forms.ChoiceField(
        label=_("Exception of the plan"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select an exception"),
            "invalid_choice": _("Select an exception"),
        },
    )
    words = Sentence(
        label=_("One sentence for the customer"),
        missing=_("Enter one sentence for the customer"),
    )
    evidence = Sentence(
        label=_("Evidence"),
        help_text=_("Say what shows it, or select a message below. The customer reads it too."),
        missing=_("Enter the evidence"),
    )
    message = forms.ChoiceField(
        label=_("Message that shows it"),
        required=False,
        error_messages={"invalid_choice": _("Select a message")},
    )

    def __init__(
        self,
        rules: Sequence[ExceptionRule],
        messages: Sequence[tuple[str, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._unproved = {rule.code for rule in rules if not rule.needs_evidence}
        self._offer("code", [(rule.code, said(rule.says)) for rule in rules])
        self._offer("message", [("", _("None")), *messages])

    def clean(self) -> dict[str, Any]:
        """Ask for no words where a message shows it, or where the plan needs no evidence."""
        facts = self.cleaned_data
        if facts.get("message") or facts.get("code") in self._unproved:
            self.errors.pop("evidence", None)
        return facts | {"evidence": facts.get("evidence", "")}

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)


class AppealForm(forms.Form):
    """Whether the customer's objection is granted, and what they are told."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (UPHOLD, _("Take the exception back: the promise counts as missed")),
            (REFUSE, _("The exception stands")),
        ],
        error_messages={
            "required": _("Select a decision"),
            "invalid_choice": _("Select a decision"),
        },
    )
    answer = Sentence(
        label=_("Answer for the customer"), missing=_("Enter an answer for the customer")
    )


class PostMortemForm(forms.Form):
    """Whose it is to say what a miss taught us, and what it was."""

    owner = forms.ModelChoiceField(
        Agent.objects.none(),
        label=_("Who writes it"),
        empty_label=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Select who writes it")),
    )
    learnt = Sentence(
        label=_("What we learnt"),
        help_text=_("What happened, why nobody was in time, and what is different now."),
        missing=_("Enter what was learnt"),
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, owner: Agent | None = None) -> None:
        super().__init__(data, initial={"owner": owner})
        field = self.fields["owner"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Agent.objects.active().order_by("name")

    def clean(self) -> dict[str, Any]:
        """Ask for words where it is to be done, and for none where it is handed on."""
        cleaned = super().clean() or {}
        if "hand" not in self.data and not str(cleaned.get("learnt", "")).strip():
            self.add_error("learnt", _("Enter what was learnt"))
        return cleaned


class CommentForm(forms.Form):
    """What the customer reads about a miss in the monthly report."""

    words = Sentence(
        label=_("Comment for the customer's report"),
        help_text=_("Say what went wrong, and what changes."),
        missing=_("Enter a comment"),
    )
