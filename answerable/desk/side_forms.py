"""What agents fill in to write to third parties."""

from __future__ import annotations

from email.utils import getaddresses
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.tickets.actions import LONGEST
from answerable.tickets.actions.siding import MOST_PEOPLE


class Written(forms.CharField):
    """What is written to third parties."""

    widget = forms.Textarea(attrs={"rows": 5, "dir": "auto"})

    def __init__(self) -> None:
        errors = {
            "required": gettext_lazy("Enter a message"),
            "max_length": gettext_lazy("Use 10,000 characters or fewer"),
        }
        label = gettext_lazy("Message")
        super().__init__(label=label, max_length=LONGEST, error_messages=errors)


class SideForm(forms.Form):
    """A message to the people of a side conversation."""

    use_required_attribute = False
    body = Written()


class NewSideForm(forms.Form):
    """The first message of a side conversation, and to whom it goes."""

    use_required_attribute = False
    to = forms.CharField(
        label=gettext_lazy("To"),
        max_length=2000,
        help_text=gettext_lazy(
            "Addresses, with commas between them: Priya <priya@example.com>"
        ),
        error_messages={"required": gettext_lazy("Enter an address")},
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter a subject")},
    )
    body = Written()
    waits = forms.BooleanField(
        label=gettext_lazy("The ticket waits for their answer"),
        required=False,
        help_text=gettext_lazy(
            "It is put on hold. Its promises stand still only where its plan says so."
        ),
    )

    def clean_to(self) -> dict[str, str]:
        """Return names by address."""
        people = {
            address.strip().lower(): name.strip()
            for name, address in getaddresses([self.cleaned_data["to"].replace(";", ",")])
        }
        if len(people) > MOST_PEOPLE:
            raise ValidationError(_("Enter ten addresses or fewer"))
        for address in people:
            _check(address)
        return people


def _check(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as wrong:
        words: Any = _("“{address}” is no address").format(address=address)
        raise ValidationError(words) from wrong
