"""What agents fill in to take something out of a ticket for good."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent
from answerable.desk.filing_forms import ROLES
from answerable.tickets.actions.redacting import is_passage
from answerable.tickets.core.redaction import LONGEST, masked
from answerable.tickets.models import Attachment

PASSAGE = "passage"


def may_remove_all(agent: Agent) -> bool:
    """Say whether somebody may remove more than numbers of cards, as the settings have it."""
    return agent.role in ROLES[settings.ANSWERABLE_REMOVED_BY]


def _key_of(card: str) -> str:
    """Return what a form calls a card's number: the same whatever else is written meanwhile."""
    digest = hashlib.sha256("".join(filter(str.isdigit, card)).encode())
    return f"card-{digest.hexdigest()[:16]}"


class RemovingForm(forms.Form):
    """What is removed: a card's number that was found, a passage, or a file; and why."""

    what = forms.ChoiceField(
        label=_("What is removed"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose what is removed")
        ),
    )
    passage = forms.CharField(
        label=_("The passage"),
        help_text=_("As it stands there. Line breaks and quotation marks do not matter."),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": _("The passage must be 2,000 characters or fewer")},
    )
    kind = forms.ChoiceField(
        label=_("What the passage is"),
        required=False,
        choices=[
            ("password", _("Password or key")),
            ("personal", _("Personal data")),
            ("other", _("Something else")),
        ],
    )
    why = forms.CharField(
        label=_("Why"),
        help_text=_("Colleagues read it in the conversation. Do not repeat what is removed."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("The reason must be 200 characters or fewer")},
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        cards: Sequence[str],
        files: Sequence[Attachment],
        all_of_it: bool,
    ) -> None:
        offered: list[tuple[str, Any]] = [
            (_key_of(card), _("Card number {number}").format(number=masked(card)))
            for card in cards
        ]
        if all_of_it:
            offered.append((PASSAGE, _("A passage")))
            offered += [
                (f"file-{row.pk}", _("File {name}").format(name=row.name)) for row in files
            ]
        first = offered[0][0] if offered else ""
        super().__init__(data, initial={"what": first, "kind": "password"})
        self.cards, self.attached, self.is_empty = cards, files, not offered
        what = self.fields["what"]
        if isinstance(what, forms.ChoiceField):
            what.choices = offered
        if not all_of_it:
            del self.fields["passage"], self.fields["kind"]
        elif len(offered) == 1:  # A passage, and nothing else.
            self._ask_for_a_passage()

    def _ask_for_a_passage(self) -> None:
        passage = self.fields["passage"]
        passage.required = self.fields["kind"].required = True
        passage.error_messages["required"] = _("Enter the passage, 4 characters at least")
        passage.widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """Refuse a passage that is none, or too short to be told from other words."""
        cleaned = super().clean() or {}
        typed = cleaned.get("passage")
        if cleaned.get("what") == PASSAGE and typed is not None and not is_passage(typed):
            self.add_error("passage", _("Enter the passage, 4 characters at least"))
        return cleaned

    @property
    def passage_asked(self) -> str:
        """The passage that is to go: a card's number as it stands there, or what was typed."""
        what = str(self.cleaned_data["what"])
        if card := next((one for one in self.cards if what == _key_of(one)), ""):
            return card
        return str(self.cleaned_data["passage"]) if what == PASSAGE else ""

    @property
    def file_asked(self) -> Attachment | None:
        """The file that is to go, if it is one."""
        what = str(self.cleaned_data["what"])
        return next((row for row in self.attached if what == f"file-{row.pk}"), None)

    @property
    def kind_asked(self) -> str:
        """What it is called in the log."""
        if self.cleaned_data["what"] == PASSAGE:
            return str(self.cleaned_data["kind"]) or "other"
        return str(self.cleaned_data["what"]).partition("-")[0]
