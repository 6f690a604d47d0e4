"""What agents enter of a new ticket: what a customer asked, or what we write to them first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Contact
from answerable.intake.asked import Asking
from answerable.intake.forms import RequestForm
from answerable.intake.words_field import Words
from answerable.tickets.actions.entering import LONGEST_AGO
from answerable.tickets.models import Ticket

ASKED, WRITE = "asked", "write"
KINDS = (ASKED, WRITE)
Channel = Ticket.Channel
CHANNELS = {
    Channel.PHONE: gettext_lazy("By telephone"),
    Channel.IN_PERSON: gettext_lazy("In person, or in a meeting"),
    Channel.EMAIL: gettext_lazy("By mail to one of us"),
    Channel.FORM: gettext_lazy("I fill in the request form with them, now"),
}
SURFACES = {Channel.PHONE: "phone", Channel.EMAIL: "mail", Channel.FORM: "web"}
# What matters only to what was asked of us.
OF_THE_ASKED = (
    *("channel", "received", "language", "mine"),
    *("critical", "impact", "words", "severity"),
)
A_MINUTE = timedelta(minutes=1)
WRITTEN = "%Y-%m-%dT%H:%M"


class PersonForm(forms.Form):
    """Somebody new at an account that we know."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Enter a name"),
            "max_length": gettext_lazy("The name must be 200 characters or fewer"),
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Enter a mail address"),
            "invalid": gettext_lazy("Enter a mail address, like name@example.com"),
            "max_length": gettext_lazy("The address must be 254 characters or fewer"),
        },
    )


class NewTicketForm(RequestForm):
    """A new ticket of a known person. `kind` says who began: they asked, or we write."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Enter a subject"),
            "max_length": gettext_lazy("The subject must be 200 characters or fewer"),
        },
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How did they ask?"),
        choices=[*CHANNELS.items()],
        widget=forms.RadioSelect,
        initial=Channel.PHONE,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select how they asked")
        ),
    )
    received = forms.CharField(
        label=gettext_lazy("When did they ask?"),
        help_text=gettext_lazy(
            "The promise counts from then. It may lie up to 30 days back, and never ahead."
        ),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    note = Words(
        label=gettext_lazy("Internal note"),
        help_text=gettext_lazy("Only we read it."),
        required=False,
        strip=False,
    )
    mine = forms.BooleanField(label=gettext_lazy("Assign it to me"), required=False)

    def __init__(
        self, *args: Any, asking: Asking, kind: str, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, asking=asking, **kwargs)
        self.kind, self.at = kind, at
        del self.fields["private"]
        self.fields["note"].widget.attrs |= {"rows": 3, "maxlength": None}
        self.fields["subject"].widget.attrs |= {"dir": "auto"}
        self.fields["received"].widget.attrs["max"] = _wall(at)
        body = self.fields["body"]
        if kind == WRITE:
            body.label, body.help_text = _("Message"), ""
            body.error_messages["required"] = _("Enter a message")
            for name in [*self.fields]:
                if name in OF_THE_ASKED or is_need(name):
                    del self.fields[name]
            return
        body.label = _("What did they ask?")
        body.help_text = _("They read this on their page, as you write it here.")
        body.error_messages["required"] = _("Enter what they asked")
        self.fields["language"].label = _("Language")

    def clean_received(self) -> datetime:
        """Return when they asked: now where nothing is said. It is never ahead."""
        typed = str(self.cleaned_data.get("received") or "").strip()
        if not typed or self.data.get("channel") == Channel.FORM:
            return self.at
        received = instant_of(typed)
        if received is None:
            raise forms.ValidationError(_("Enter a date and a time, like 2026-03-02 09:40"))
        if received >= self.at + A_MINUTE:
            raise forms.ValidationError(_("Enter a time that has passed"))
        if received < self.at - LONGEST_AGO:
            raise forms.ValidationError(_("Enter a time within the last 30 days"))
        return min(received, self.at)

    def clean(self) -> dict[str, Any]:
        """Ask for what goes with the severity of what they asked; we say none of our own."""
        if self.kind != WRITE:
            return super().clean()
        self.check_own(self.cleaned_data)
        return self.cleaned_data


def is_need(name: str) -> bool:
    """Say whether a field asks for what a severity needs."""
    return name.startswith("need_")


def instant_of(typed: str) -> datetime | None:
    """Return the instant of a date and time in the reader's zone, the earlier one of two."""
    try:
        wall = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return wall.replace(tzinfo=get_current_timezone()) if wall.tzinfo is None else None


def received_in(values: Mapping[str, object], at: datetime) -> datetime:
    """Return from when a promise is to be shown: what cannot be meant is now."""
    if values.get("channel") == Channel.FORM:
        return at
    received = instant_of(str(values.get("received") or ""))
    is_fit = received is not None and at - LONGEST_AGO <= received <= at
    return received if received and is_fit else at


def first_values(person: Contact, kind: str, at: datetime) -> dict[str, object]:
    """Return what the form has before anything is typed."""
    return {
        "kind": kind,
        "channel": Channel.PHONE.value,
        "received": _wall(at),
        "language": person.language.partition("-")[0],
        "mine": "on",
    }


def _wall(at: datetime) -> str:
    return at.astimezone(get_current_timezone()).strftime(WRITTEN)
