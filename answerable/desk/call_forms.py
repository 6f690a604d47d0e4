"""What an agent says of a call: its outcome, and what was said."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.channels.voice.models import Call
from answerable.lib import times
from answerable.tickets.actions import LONGEST, Attempt, Result
from answerable.tickets.models import Callback

LONGEST_CALL = 600
RESULTS = [
    (Result.CONNECTED, gettext_lazy("Reached")),
    (Result.NO_ANSWER, gettext_lazy("No answer")),
    (Result.BUSY, gettext_lazy("Busy")),
    (Result.VOICEMAIL, gettext_lazy("Voicemail")),
    (Result.WRONG_NUMBER, gettext_lazy("Wrong number")),
]


class ResultForm(forms.Form):
    """What became of a call."""

    use_required_attribute = False

    result = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        widget=forms.RadioSelect,
        choices=RESULTS,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select an outcome")
        ),
    )


class NoteForm(forms.Form):
    """What was said in a call."""

    use_required_attribute = False

    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        help_text=gettext_lazy("Kept as a note. The customer does not see it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": gettext_lazy("Summary must be 10,000 characters or fewer")
        },
    )


class OutcomeForm(ResultForm, NoteForm):
    """How a call ended that the agent made by hand; the summary may come later."""

    field_order = ["result", "summary"]

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if call.callback:
            choices: dict[Result, object] = dict(RESULTS)
            choices[Result.NO_ANSWER] = again_words(call.callback, call.dialled_at)
            self.fields["result"].choices = list(choices.items())  # type: ignore[attr-defined]


class MadeForm(ResultForm, NoteForm):
    """A call that the agent made without a word here: reached, for how long, or not."""

    field_order = ["result", "minutes", "summary"]

    minutes = forms.IntegerField(
        label=gettext_lazy("How long did you speak, in minutes?"),
        required=False,
        min_value=0,
        max_value=LONGEST_CALL,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Enter whole minutes, like 11")
        ),
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


def again_words(callback: Callback, dialled_at: datetime) -> str:
    """Return what it means that somebody was not reached: “Not reached, try again 14:20”."""
    rules = callback.ruled
    if callback.attempts + 1 >= rules.attempts:
        if rules.exhausted == "close":
            return _("Not reached, the request is closed")
        return _("Not reached, goes on in writing")
    again = dialled_at + timedelta(seconds=rules.gap)
    time = times.clock_time(again, get_current_timezone())
    return _("Not reached, try again {time}").format(time=time)
