"""What administrators enter: a new plan, a request to try, a release, a file."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.entitlements.core.places import MOST_BYTES
from answerable.entitlements.core.rows import LONGEST_KEY
from answerable.entitlements.models import Plan
from answerable.office.queries.plans import starts

LARGEST_MB = 1
RECEIVED, OPEN = "received", "open"
KEY = r"^[a-z0-9_-]+$"


class PlainForm(forms.Form):
    """A form that the server alone judges, each of its fields in our words."""

    use_required_attribute = False


class NewPlanForm(PlainForm):
    """A plan that is begun: from which text, what it is called, and by which key."""

    start = forms.ChoiceField(
        label=gettext_lazy("Start from"),
        error_messages={"required": gettext_lazy("Select a plan to start from")},
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter a name")},
    )
    key = forms.RegexField(
        KEY,
        label=gettext_lazy("Key"),
        max_length=LONGEST_KEY,
        help_text=gettext_lazy(
            "Small letters, digits, - and _. Commands and addresses name it so, for good."
        ),
        error_messages={
            "required": gettext_lazy("Enter a key"),
            "invalid": gettext_lazy("Enter a key of small letters, digits, - and _, like care"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = starts()  # type: ignore[attr-defined]  # A ChoiceField's.

    def clean_key(self) -> str:
        """Return a key that no plan has yet."""
        key = str(self.cleaned_data["key"])
        if key == "new" or Plan.objects.filter(key=key).exists():
            raise ValidationError(_("There is a plan with this key. Enter another."))
        return key


class ReleaseForm(PlainForm):
    """For which tickets a version counts, and why."""

    scope = forms.ChoiceField(
        choices=[
            (RECEIVED, gettext_lazy("tickets received from that time on")),
            (OPEN, gettext_lazy("also the open ones, at once")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select for which tickets it counts")},
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Enter a day like 2026-11-01")},
    )
    time = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Enter a time like 08:00")},
    )
    note = forms.CharField(
        label=gettext_lazy("Contract note for the audit log"),
        required=False,
        max_length=500,
        error_messages={"max_length": gettext_lazy("The note must be 500 characters or fewer")},
    )

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].label = _("Use v{number} for:").format(number=number)

    @property
    def moves_open(self) -> bool:
        """Whether open tickets are to be moved to the version."""
        return bool(self.cleaned_data["scope"] == OPEN)

    def from_at(self, zone: tzinfo) -> datetime | None:
        """Return from when on it counts, by wall time of a zone; None is at once."""
        day, time = self.cleaned_data["day"], self.cleaned_data["time"]
        if day is None:
            return None
        return datetime.combine(day, time or datetime.min.time(), tzinfo=zone)

    def clean(self) -> dict[str, Any]:
        """Refuse a time without its day."""
        cleaned = super().clean() or {}
        if cleaned.get("time") and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", _("Enter a day, or leave both empty"))
        return cleaned


class CalendarFileForm(PlainForm):
    """An iCalendar file with days off."""

    file = forms.FileField(
        label=gettext_lazy("iCalendar file"),
        error_messages={
            "required": gettext_lazy("Select an iCalendar file"),
            "empty": gettext_lazy("The selected file is empty"),
        },
    )

    def clean_file(self) -> bytes:
        """Return what the file holds."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            words = _("The selected file must be smaller than {limit} MB")
            raise ValidationError(words.format(limit=MOST_BYTES // 1_000_000))
        return bytes(file.read())


class UploadForm(PlainForm):
    """A plan's text as a file."""

    file = forms.FileField(
        label=gettext_lazy("TOML file"),
        error_messages={
            "required": gettext_lazy("Select a TOML file"),
            "empty": gettext_lazy("The selected file is empty"),
        },
    )

    def clean_file(self) -> str:
        """Return the text of the file."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_MB * 1024 * 1024:
            words = _("The selected file must be smaller than {limit} MB")
            raise ValidationError(words.format(limit=LARGEST_MB))
        try:
            return str(file.read(), "utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise ValidationError(_("The selected file must be a TOML file")) from None


class CancelForm(PlainForm):
    """Why a mail is not sent."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it not sent?"),
        help_text=gettext_lazy("Its ticket shows the reason to agents."),
        max_length=300,
        error_messages={
            "required": gettext_lazy("Enter a reason"),
            "max_length": gettext_lazy("The reason must be 300 characters or fewer"),
        },
    )
