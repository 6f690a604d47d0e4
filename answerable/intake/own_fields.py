"""The vendor's own fields in a form: how each is asked, and what is said where it is wrong."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from answerable.intake.asked import Asking
from answerable.tickets.actions.filing import checked_value
from answerable.tickets.core.fields import LONGEST, NO, YES, Said, Unfit, Value
from answerable.tickets.filled import choice_names, choices_in_use, field_name
from answerable.tickets.models import Field, Ticket

Kind = Field.Kind


def asked_on_create(asking: Asking) -> list[Field]:
    """Return the fields that have to be filled in before a request is sent, as its page stands:
    those that belong to its product and severity. One query."""
    fields = Field.objects.in_use().filter(required=Field.Required.ON_CREATE)
    chosen = asking.asked
    return [
        field
        for field in fields
        if (not field.products or chosen.about_product in field.products)
        and (not field.severities or chosen.severity in field.severities)
        and (not field.channels or (chosen.channel or Ticket.Channel.FORM) in field.channels)
    ]


def name_of(field: Field) -> str:
    """Return what a field is called in a form."""
    return f"field-{field.pk}"


def problem_with(field: Field, said: Said) -> str:
    """Return what does not fit a field in what was entered, or nothing."""
    try:
        checked_value(field, said)
    except Unfit as unfit:
        return _wrong(field, unfit.why)
    return ""


def form_field(field: Field, value: Value | None, *, is_needed: bool) -> forms.Field:
    """Return how a field is asked; one that is `is_needed` has to say something."""
    name = field_name(field)
    if field.kind in {Kind.CHOICE, Kind.CHOICES, Kind.YES_NO}:
        return _choosing(field, name, value, is_needed=is_needed)
    missing = {"required": _("Enter {name}").format(name=name)}
    return forms.CharField(
        label=name, required=is_needed, error_messages=missing, widget=_box(field.kind)
    )


def _box(kind: str) -> forms.Widget:
    if kind == Kind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 4})
    if kind == Kind.DATE:
        return forms.DateInput(attrs={"type": "date"})
    return forms.TextInput(attrs={"inputmode": "decimal"} if kind == Kind.NUMBER else {})


def _choosing(
    field: Field, name: str, value: Value | None, *, is_needed: bool
) -> forms.ChoiceField:
    words = dict.fromkeys(("required", "invalid_choice"), _("Select {name}").format(name=name))
    choices = _choices(field, value)
    if field.kind == Kind.CHOICES:
        return forms.MultipleChoiceField(
            label=name,
            choices=choices,
            required=is_needed,
            error_messages=words,
            widget=forms.CheckboxSelectMultiple,
        )
    unsaid = [("", _("Nothing yet") if is_needed else _("Nothing"))]
    return forms.ChoiceField(
        label=name, choices=unsaid + choices, required=is_needed, error_messages=words
    )


def _choices(field: Field, value: Value | None) -> list[tuple[str, str]]:
    """Return what may be chosen: what is in use, and what is there already."""
    if field.kind == Kind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    there = (
        {value} if isinstance(value, str) else set(value) if isinstance(value, tuple) else ()
    )
    offered = {str(row["key"]) for row in choices_in_use(field)} | set(there)
    return [(key, name) for key, name in choice_names(field).items() if key in offered]


def _wrong(field: Field, why: str) -> str:
    name = field_name(field)
    words = {
        "long": _("{name} must be {most} characters or fewer"),
        Kind.NUMBER: _("{name} must be a number, such as 3 or 2.5"),
        Kind.DATE: _("{name} must be a date"),
    }
    return words.get(why, _("Select {name}")).format(name=name, most=LONGEST.get(field.kind))
