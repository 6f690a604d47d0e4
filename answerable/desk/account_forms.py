"""What agents write about an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from answerable.accounts.notes.actions import LONGEST, Noted
from answerable.tickets.models import Ticket

ACCOUNT, PERSON = "account", "person"


class AccountNoteForm(forms.Form):
    """A note in Markdown, whom it is about, and whether it is read before each reply."""

    body = forms.CharField(
        label=_("Note"),
        help_text=_("Markdown. Only agents read it."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        max_length=LONGEST,
        error_messages={
            "required": _("Enter a note"),
            "max_length": _("The note must be 5,000 characters or fewer"),
        },
    )
    about = forms.ChoiceField(
        label=_("Whom it is about"),
        widget=forms.RadioSelect,
        initial=ACCOUNT,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Select whom it is about")
        ),
    )
    is_pinned = forms.BooleanField(
        label=_("Show it on top of every ticket: read before replying"), required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, ticket: Ticket, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["about"]
            return
        account = ticket.customer.name if ticket.customer else ""
        choices = [(ACCOUNT, _("All of {name}").format(name=account))]
        if ticket.requester:
            choices.append((PERSON, ticket.requester.name))
        self.fields["about"].choices = choices  # type: ignore[attr-defined]  # A ChoiceField's.

    @property
    def is_about_person(self) -> bool:
        """Whether it is about the one who asks."""
        return self.cleaned_data.get("about") == PERSON

    def noted(self) -> Noted:
        """Return what was entered."""
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n")
        return Noted(body, bool(self.cleaned_data["is_pinned"]))
