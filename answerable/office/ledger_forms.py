"""What administrators enter about mail: where a parked one belongs, why it is refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.office.forms import PlainForm
from answerable.tickets.models import Ticket

NEW, INTO = "new", "into"
LONGEST_NUMBER = 18


class AcceptForm(PlainForm):
    """As a ticket of its own, or into which one."""

    where = forms.ChoiceField(
        label=gettext_lazy("Accept it"),
        choices=[
            (NEW, gettext_lazy("as a new ticket")),
            (INTO, gettext_lazy("into a ticket that is there")),
        ],
        initial=NEW,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select where the mail belongs")},
    )
    number = forms.CharField(
        label=gettext_lazy("Ticket number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        """Find the ticket."""
        cleaned = super().clean() or {}
        cleaned["ticket"] = None
        if cleaned.get("where") == INTO:
            cleaned["ticket"] = self._ticket(str(cleaned.get("number", "")))
        return cleaned

    def _ticket(self, said: str) -> Ticket | None:
        number = said.strip().lstrip("#")
        is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
        ticket = Ticket.objects.filter(pk=int(number)).first() if is_number else None
        if ticket is None:
            self.add_error(
                "number", ValidationError(_("Enter the number of a ticket, like 4821"))
            )
        return ticket


class RefuseForm(PlainForm):
    """Why nothing follows from a mail."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Enter why it is refused"),
            "max_length": gettext_lazy("The reason must be 200 characters or fewer"),
        },
    )
