"""What agents fill in beside text boxes: a decision, a reason, a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions import LONGEST

CONFIRM, CHANGE = "confirm", "change"


class TriageForm(forms.Form):
    """The decision on a claim; a change needs a reason and a sentence for the customer."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (CONFIRM, _("Confirm business-critical")),
            (CHANGE, _("Change to standard")),
        ],
        error_messages={
            "required": _("Select a decision"),
            "invalid_choice": _("Select a decision"),
        },
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select a reason from the rubric"),
            "invalid_choice": _("Select a reason from the rubric"),
        },
    )
    words = forms.CharField(
        label=_("One sentence for the customer"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST,
        error_messages={
            "required": _("Enter one sentence for the customer"),
            "max_length": _("The sentence must be 10,000 characters or fewer"),
        },
    )

    def __init__(self, reasons: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(reasons)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason and a sentence only where something is changed."""
        if self.cleaned_data.get("decision") != CHANGE:
            for name in ("reason", "words"):
                self.errors.pop(name, None)
        return self.cleaned_data


class ResolveForm(forms.Form):
    """Why a ticket is resolved without a reply."""

    reason = forms.CharField(
        label=_("Why does it need no reply?"),
        help_text=_("Reports show the reason. The customer does not see it."),
        max_length=500,
        error_messages={
            "required": _("Enter a reason"),
            "max_length": _("The reason must be 500 characters or fewer"),
        },
    )


class TakeOverForm(forms.Form):
    """Why somebody takes over what a colleague claimed."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Why do you take it over?"),
        help_text=_(
            "It is kept as a note that mentions who had it. The customer does not see it."
        ),
        max_length=500,
        error_messages={
            "required": _("Enter a reason"),
            "max_length": _("The reason must be 500 characters or fewer"),
        },
    )


class Colleagues(forms.ModelChoiceField):  # type: ignore[type-arg]  # Takes none when it runs.
    """Who works at the desk, and who is not on duty now."""

    def label_from_instance(self, obj: Model) -> str:
        name = str(obj)
        if isinstance(obj, Agent) and not obj.on_duty:
            return gettext("{name} (off duty)").format(name=name)
        return name


class AssignForm(forms.Form):
    """To whom a ticket is given; to nobody puts it back into the queue."""

    to = Colleagues(
        label=_("Assign to"),
        queryset=Agent.objects.none(),
        widget=forms.RadioSelect,
        required=False,
        blank=True,
        empty_label=_("Nobody: back into the queue"),
        error_messages={"invalid_choice": _("Select a colleague")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Agent.objects.active().order_by("name")


class AdmitForm(forms.Form):
    """As whom a stranger is let in."""

    contact = forms.ModelChoiceField(
        label=_("Sent by"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("Somebody we do not know"),
        error_messages={"invalid_choice": _("Select a person")},
    )

    def __init__(self, known: Sequence[Contact], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contact"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Contact.objects.filter(pk__in=[contact.pk for contact in known])
