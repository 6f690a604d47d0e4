"""What an agent says of a call that they made by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.tickets.actions import LONGEST, Attempt, Result

LONGEST_CALL = 600


class OutcomeForm(forms.Form):
    """What became of a call: reached, with a summary and how long it lasted, or not."""

    use_required_attribute = False

    result = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        widget=forms.RadioSelect,
        choices=[
            (Result.CONNECTED, gettext_lazy("Reached")),
            (Result.NO_ANSWER, gettext_lazy("No answer")),
            (Result.BUSY, gettext_lazy("Busy")),
            (Result.VOICEMAIL, gettext_lazy("Voicemail")),
        ],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select an outcome")
        ),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How long did you speak, in minutes?"),
        required=False,
        min_value=0,
        max_value=LONGEST_CALL,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Enter whole minutes, like 11")
        ),
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        help_text=gettext_lazy("Kept as a note. The customer does not see it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": gettext_lazy("Summary must be 10,000 characters or fewer")
        },
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what must be known of a call that reached somebody."""
        facts = super().clean() or {}
        if facts.get("result") == Result.CONNECTED:
            if not facts.get("summary") and "summary" not in self.errors:
                self.add_error("summary", _("Enter what was said"))
            if facts.get("minutes") is None and "minutes" not in self.errors:
                self.add_error("minutes", _("Enter whole minutes, like 11"))
        return facts

    def attempt(self, at: datetime) -> Attempt:
        """Return the call as it was: it has just ended, and began so long ago as it lasted."""
        facts = self.cleaned_data
        result = Result(facts["result"])
        lasted = timedelta(minutes=facts.get("minutes") or 0)
        if result != Result.CONNECTED:
            return Attempt(result=result, dialed_at=at)
        return Attempt(
            result=result,
            dialed_at=at - lasted,
            connected_at=at - lasted,
            seconds=int(lasted.total_seconds()),
            summary=facts["summary"],
        )
