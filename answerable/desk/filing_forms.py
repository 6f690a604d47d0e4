"""What agents fill in about how a ticket is filed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent
from answerable.tickets.actions import filing
from answerable.tickets.actions.tagging import LONGEST_NAME
from answerable.tickets.models import Tag
from answerable.tickets.tagged import tags_known

ROLES: dict[str, set[str]] = {
    "agents": {*Agent.Role.values},
    "leads": {Agent.Role.LEAD, Agent.Role.ADMINISTRATOR},
    "administrators": {Agent.Role.ADMINISTRATOR},
}


def may_make_labels(agent: Agent) -> bool:
    """Say whether somebody may make new labels, as the settings have it."""
    made_by = str(settings.ANSWERABLE_LABELS_MADE_BY)
    return agent.role in ROLES.get(made_by, ROLES["agents"])


class LabelsForm(forms.Form):
    """Which labels a ticket has, and a new one."""

    labels = forms.MultipleChoiceField(
        label=_("Labels"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new = forms.CharField(
        label=_("Find a label"),
        max_length=LONGEST_NAME,
        required=False,
        error_messages={"max_length": _("A label must be 60 characters or fewer")},
    )

    def __init__(
        self,
        offered: Sequence[Tag],
        data: QueryDict | None = None,
        *,
        has: Sequence[Tag],
        may_make: bool,
    ) -> None:
        super().__init__(data, initial={"labels": [tag.slug for tag in has]})
        self.may_make = may_make
        self.known = {tag.name.lower(): tag for tag in offered}
        box = self.fields["labels"]
        if isinstance(box, forms.MultipleChoiceField):
            box.choices = [(tag.slug, tag.name) for tag in offered]

    def clean_labels(self) -> list[str]:
        """Return the slugs that were chosen."""
        return list(self.cleaned_data["labels"])

    def clean_new(self) -> str:
        """Return a label that was typed; only who may make labels types one that is new."""
        name = " ".join(str(self.cleaned_data["new"]).split())
        is_new = name and not Tag.objects.in_use().filter(name__iexact=name).exists()
        if is_new and not self.may_make:
            raise forms.ValidationError(_("There is no such label. Select one of the list."))
        return name

    def tags(self, *, by: Agent, at: datetime) -> list[Tag]:
        """Return the labels that were chosen and typed."""
        chosen = tags_known(self.cleaned_data["labels"])
        typed = self.cleaned_data["new"]
        return chosen + ([filing.add_tag(typed, by=by, at=at)] if typed else [])
