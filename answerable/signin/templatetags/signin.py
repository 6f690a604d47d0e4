"""allauth's forms in our words: its fields get our labels, our hints and our errors."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.forms.utils import ErrorList
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.signin.forms import NEEDS_ADDRESS, TROUBLES

register = template.Library()


@dataclass(frozen=True, slots=True)
class Said:
    """What a field is called, what it asks for when it is empty, and what it needs."""

    label: Promise
    missing: Promise
    hint: Promise | str | None = None


FIELDS: dict[str, Said] = {
    "login": Said(_("Email address"), NEEDS_ADDRESS),
    "email": Said(_("Email address"), NEEDS_ADDRESS),
    "password": Said(_("Password"), _("Enter your password")),
    "oldpassword": Said(
        _("Password that you have now"), _("Enter the password that you have now"), ""
    ),
    "password1": Said(
        _("New password"),
        TROUBLES["password_too_short"],
        _("12 characters or more. A sentence is good. You may paste it."),
    ),
    "password2": Said(_("New password, once more"), _("Enter the new password once more")),
    "code": Said(_("Code"), _("Enter the code")),
}
ERRORS: dict[str, Promise] = {
    **TROUBLES,
    "invalid": NEEDS_ADDRESS,
    "incorrect_code": _("This code is not right. Enter the newest one."),
}


@register.simple_tag
def in_our_words(form: BaseForm) -> str:
    """Rename the fields of a form, and say what is wrong with it; comes before it is shown."""
    for name in form.fields:
        if name not in FIELDS:
            continue
        said, bound = FIELDS[name], form[name]
        bound.label = str(said.label)
        if said.hint is not None:
            bound.help_text = str(said.hint)
        if name in form.errors:
            _reword(form.errors[name], said)
    return ""


def _reword(errors: ErrorList, said: Said) -> None:
    errors.data = [_reworded(error, said) for error in errors.as_data()]


def _reworded(error: ValidationError, said: Said) -> ValidationError:
    words = said.missing if error.code == "required" else ERRORS.get(str(error.code))
    return ValidationError(str(words), code=error.code) if words else error
