"""For how long an agent wants to be able to take back a reply."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent

LONGEST = 30


class UndoForm(forms.Form):
    """Seconds from none to thirty; a promise that is due before shortens them by itself."""

    use_required_attribute = False

    seconds = forms.IntegerField(
        label=_("For how many seconds can you take back a reply?"),
        help_text=_(
            "From 0, which sends at once, to 30. A promise that is due before shortens it."
        ),
        min_value=0,
        max_value=LONGEST,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Enter whole seconds from 0 to 30"),
        ),
    )


def chosen_by(agent: Agent) -> int:
    """Return the seconds that an agent has now."""
    own = agent.undo_seconds
    return int(settings.ANSWERABLE_UNDO_SECONDS) if own is None else own
