"""The form that asks for a call (ux.md 5.5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumbers import PhoneNumber, PhoneNumberFormat, format_number

from answerable.intake.calling import is_open_at, rules_by
from answerable.intake.offers import Offers
from answerable.lib.phones import country_of, is_dear, read_phone
from answerable.tickets.actions import LONGEST, Wanted

SOON, LATER = "soon", "later"
FURTHEST = timedelta(days=14)


class NumberForm(forms.Form):
    """A number to call. `countries` are those whose numbers are called; none means all."""

    use_required_attribute = False

    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={
            "required": gettext_lazy("Enter a phone number"),
            "max_length": gettext_lazy(
                "Enter a phone number with country code, like +49 30 901820"
            ),
        },
    )

    def __init__(self, *args: Any, countries: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.countries = countries

    def clean_phone(self) -> PhoneNumber:
        """Return a number that we call; its spacing does not matter."""
        number = read_phone(str(self.cleaned_data["phone"]))
        if number is None:
            raise forms.ValidationError(
                _("Enter a phone number with country code, like +49 30 901820")
            )
        if is_dear(number):
            raise forms.ValidationError(
                _("We do not call numbers that cost extra. Enter another number.")
            )
        country = country_of(number)
        if self.countries and country not in self.countries:
            words = _(
                "We cannot call {country} numbers. Choose chat or email, "
                "or enter another number."
            )
            # Names of countries in every language would take a hundred megabytes.
            raise forms.ValidationError(words.format(country=f"+{number.country_code}"))
        return number

    def wanted(self) -> Wanted:
        """Return where to call."""
        number = self.cleaned_data["phone"]
        return Wanted(
            phone=format_number(number, PhoneNumberFormat.E164), country=country_of(number)
        )


class CallForm(NumberForm):
    """A call that is asked for: where, what about, and when."""

    about = forms.CharField(
        label=gettext_lazy("What is it about?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        max_length=LONGEST,
        error_messages={
            "max_length": gettext_lazy("Message must be 10,000 characters or fewer")
        },
    )
    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        widget=forms.RadioSelect,
        choices=[
            (SOON, gettext_lazy("As soon as possible")),
            (LATER, gettext_lazy("At a time")),
        ],
        initial=SOON,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select when")
        ),
    )
    time = forms.DateTimeField(
        label=gettext_lazy("Day and time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": gettext_lazy("Enter a day and a time")},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offers: Offers, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers, self.at = offers, at
        self.fields["submission"].initial = uuid4().hex

    def clean(self) -> dict[str, Any]:
        """Look at the time only where one is chosen."""
        facts = super().clean() or {}
        if facts.get("when") != LATER:
            self.errors.pop("time", None)
        elif "time" not in self.errors:
            wrong = self._wrong_with(facts.get("time"))
            if wrong:
                self.add_error("time", wrong)
        return facts

    def _wrong_with(self, time: datetime | None) -> str:
        if time is None:
            return _("Enter a day and a time")
        if time <= self.at:
            return _("Time must be later than now")
        if time > self.at + FURTHEST:
            return _("Time must be within 14 days")
        if not is_open_at(self.offers, time):
            return _("No one can call then. Choose another time.")
        return ""

    def wanted(self) -> Wanted:
        """Return where and when to call."""
        where, facts = super().wanted(), self.cleaned_data
        at = facts["time"] if facts["when"] == LATER else None
        rules = rules_by(self.offers.own_terms)
        return Wanted(phone=where.phone, country=where.country, at=at, rules=rules)

    @property
    def body(self) -> str:
        """What the ticket says."""
        about = str(self.cleaned_data["about"]).strip()
        return about or capfirst(_("asks for a call."))
