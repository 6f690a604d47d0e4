"""What agents fill in when a chat goes to somebody else, or ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent
from answerable.channels.chat.actions import Onward
from answerable.desk.forms import Colleagues
from answerable.routing.models import Skill

LONGEST_SENTENCE = 300
OPEN, RESOLVED = "open", "resolved"


class Others(Colleagues):
    """Colleagues, with how they stand: “Ben Adler: available, 1 of 3 chats”."""

    def offer(self, standings: Mapping[int, str]) -> None:
        """Offer those whose standing is known."""
        self._standings = standings
        self.queryset = Agent.objects.filter(pk__in=standings).order_by("name")

    def label_from_instance(self, obj: Model) -> str:
        return f"{obj} · {self._standings[obj.pk]}"


class Sentence(forms.CharField):
    """One sentence about why; a chat is never handed on without a word."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("One sentence"),
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=LONGEST_SENTENCE,
            error_messages={
                "required": _("Enter one sentence"),
                "max_length": _("The sentence must be 300 characters or fewer"),
            },
            **kwargs,
        )


class TransferForm(forms.Form):
    """To whom a chat goes on: to somebody, or back into the line for who knows about it."""

    to = Others(
        label=_("Hand on to"),
        queryset=Agent.objects.none(),
        widget=forms.RadioSelect,
        required=False,
        blank=True,
        empty_label=_("Whoever is free next"),
        error_messages={"invalid_choice": _("Select a colleague")},
    )
    skill = forms.ChoiceField(
        label=_("Who knows about"),
        help_text=_("Counts only for whoever is free next."),
        required=False,
        error_messages={"invalid_choice": _("Select a skill")},
    )
    sentence = Sentence(help_text=_("The next agent and the customer both see it."))

    def __init__(self, others: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["to"], others)
        skills = list(Skill.objects.order_by("name").values_list("key", "name"))
        field = self.fields["skill"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Anything")), *skills]
        if not skills:
            del self.fields["skill"]
        self._names = dict(skills)

    def onward(self) -> Onward:
        """Return what the form says, once it is valid."""
        skill = self.cleaned_data.get("skill", "")
        return Onward(
            sentence=self.cleaned_data["sentence"],
            to=self.cleaned_data["to"],
            skill=skill,
            team=self._names.get(skill, ""),
        )


class InviteForm(forms.Form):
    """Whom an agent brings into a chat, and why."""

    to = Others(
        label=_("Bring in"),
        queryset=Agent.objects.none(),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select a colleague"),
            "invalid_choice": _("Select a colleague"),
        },
    )
    sentence = Sentence(
        help_text=_("Both read it: “Ana is bringing in Ben: he knows exports.”")
    )

    def __init__(self, others: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["to"], others)


class EndForm(forms.Form):
    """What becomes of the ticket when a chat is over."""

    then = forms.ChoiceField(
        label=_("And the ticket"),
        widget=forms.RadioSelect,
        choices=[
            (OPEN, _("Stays open: it goes on by mail")),
            (RESOLVED, _("Is resolved")),
        ],
        initial=OPEN,
        error_messages={
            "required": _("Select what becomes of the ticket"),
            "invalid_choice": _("Select what becomes of the ticket"),
        },
    )


def _offer(field: forms.Field, others: Mapping[int, str]) -> None:
    if isinstance(field, Others):
        field.offer(others)
