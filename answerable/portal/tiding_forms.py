"""What a contact chooses to be told beside mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from answerable.notices.core.tidings import Matter, Wants
from answerable.notices.tiding_words import MATTERS
from answerable.portal.team_forms import PlainForm

CHOICES = [(matter.value, words) for matter, words in MATTERS.items()]


class TidingForm(PlainForm):
    """What is told in browsers, and by text message."""

    push = forms.MultipleChoiceField(
        label=gettext_lazy("In my browsers"),
        choices=CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.MultipleChoiceField(
        label=gettext_lazy("By text message, for business-critical requests"),
        choices=CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, wants: Wants, data: Any = None, *, can_text: bool) -> None:
        chosen = {"push": sorted(wants.push), "text": sorted(wants.text)}
        super().__init__(data, initial=chosen)
        self.before = wants
        if not can_text:
            del self.fields["text"]

    def wants(self) -> Wants:
        """Return what is chosen; what was not asked stays as it was."""
        said = self.cleaned_data
        text = said.get("text", self.before.text)
        return Wants(
            frozenset(Matter(one) for one in said["push"]),
            frozenset(Matter(one) for one in text),
        )


class CodeForm(PlainForm):
    """The code that was sent to a number."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("Six figures, from the text message."),
        error_messages={
            "required": gettext_lazy("Enter the code"),
            "max_length": gettext_lazy("Enter the six figures of the code"),
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 10}
        ),
    )
