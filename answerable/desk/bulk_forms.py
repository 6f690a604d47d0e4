"""What is done to many tickets at once, as one fills it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent
from answerable.desk.hold_forms import OPEN_END, is_ahead
from answerable.desk.queries.holding import presets
from answerable.tickets.models import Hold, Tag

MISSING = _("Enter a reason")


class BulkForm(forms.Form):
    """What an act needs; each says it as facts that can be kept."""

    def facts(self) -> dict[str, Any]:
        """Return what was entered."""
        return {}


class AssignMany(BulkForm):
    """Who gets them; nobody puts them back."""

    to = forms.ModelChoiceField(
        label=_("Assign to"),
        queryset=Agent.objects.none(),
        required=False,
        empty_label=_("Nobody: back into the queue"),
        error_messages={"invalid_choice": _("Select a colleague")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Agent.objects.active().order_by("name")

    def facts(self) -> dict[str, Any]:
        to: Agent | None = self.cleaned_data["to"]
        return {"to": to.pk if to else None}


class LabelMany(BulkForm):
    """Which labels they get beside those they have."""

    tags = forms.ModelMultipleChoiceField(
        label=_("Labels"),
        queryset=Tag.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Select a label"), "invalid_choice": _("Select a label")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tags"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = Tag.objects.in_use().order_by("name")

    def facts(self) -> dict[str, Any]:
        return {"tags": [tag.pk for tag in self.cleaned_data["tags"]]}


class HoldMany(BulkForm):
    """For what they wait, and until when."""

    until = forms.ChoiceField(
        label=_("Until"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Select until when")),
    )
    kind = forms.ChoiceField(
        label=_("What it waits for"),
        choices=[
            (Hold.Kind.VENDOR, _("Somebody of ours")),
            (Hold.Kind.THIRD_PARTY, _("A third party")),
        ],
        widget=forms.RadioSelect,
        initial=Hold.Kind.VENDOR,
        error_messages={"required": _("Select what it waits for")},
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, error_messages={"required": MISSING}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at, field = now(), self.fields["until"]
        offered = presets(at, get_current_timezone())
        field.initial = offered[1][0]
        if isinstance(field, forms.ChoiceField):
            chosen = str(self.data.get("until", ""))
            field.choices = [*offered, (OPEN_END, gettext("Until somebody ends it"))]
            if is_ahead(chosen, at) and chosen not in dict(offered):
                # It was offered when the form was made, some moments ago.
                field.choices = [*field.choices, (chosen, chosen)]

    def facts(self) -> dict[str, Any]:
        until = self.cleaned_data["until"]
        return {**self.cleaned_data, "until": None if until == OPEN_END else until}


class ResolveMany(BulkForm):
    """Why; of those that were answered it may be left out."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Tickets without a reply need one. Customers do not read it."),
        max_length=500,
        required=False,
    )

    def facts(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


FORMS: dict[str, type[BulkForm]] = {
    "assign": AssignMany,
    "label": LabelMany,
    "hold": HoldMany,
    "resolve": ResolveMany,
    "merge": BulkForm,
}
