"""What agents choose for the queue: filters, views to be saved, why they skip a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent
from answerable.routing.models import PassedOver
from answerable.routing.views import teams_of

MINE, SHARED = "mine", "shared"


class SkipForm(forms.Form):
    """Why a ticket is passed over."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        widget=forms.RadioSelect,
        initial=PassedOver.Reason.PRODUCT,
        choices=[
            (PassedOver.Reason.PRODUCT, _("Not my product")),
            (PassedOver.Reason.WAITS, _("Waiting on somebody")),
            (PassedOver.Reason.CONFLICT, _("Conflict with the customer")),
            (PassedOver.Reason.OTHER, _("Other")),
        ],
        error_messages={
            "required": _("Select a reason"),
            "invalid_choice": _("Select a reason"),
        },
    )
    note = forms.CharField(
        label=_("Note for colleagues"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("The note must be 200 characters or fewer")},
    )


class SaveViewForm(forms.Form):
    """A name for what a list is filtered by, and who sees it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        error_messages={
            "required": _("Enter a name"),
            "max_length": _("The name must be 60 characters or fewer"),
        },
    )
    whose = forms.ChoiceField(label=_("Who sees it"), widget=forms.RadioSelect, initial=MINE)

    def __init__(self, agent: Agent, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(team.key, team.name) for team in teams_of(agent)]
        field = self.fields["whose"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(MINE, _("I alone")), *teams, (SHARED, _("Everybody"))]


@dataclass(frozen=True, slots=True)
class FilterField:
    """A filter in the dialog: what may be chosen, and what is; without choices one types."""

    key: str
    label: str
    choices: Sequence[tuple[str, str, bool]]
    typed: str = ""
    hint: str = ""
    negated: bool = False

    @property
    def is_set(self) -> bool:
        """Whether the list is filtered by it."""
        return bool(self.typed) or any(chosen for *_value, chosen in self.choices)
