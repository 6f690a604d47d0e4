"""The values that tickets are told apart by, in plain words: filters and rules say the same."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from answerable.tickets.models import Ticket

VALUES: Mapping[str, Mapping[str, Promise]] = {
    "state": {
        "review": gettext_lazy("for review"),
        "open": gettext_lazy("open"),
        "waiting": gettext_lazy("waiting for the customer"),
        "held": gettext_lazy("on hold"),
        "resolved": gettext_lazy("resolved"),
    },
    "clock": {
        "late": gettext_lazy("late"),
        "at_risk": gettext_lazy("at risk"),
        "soon": gettext_lazy("soon"),
        "on_track": gettext_lazy("on track"),
        "not_started": gettext_lazy("not started"),
        "aim": gettext_lazy("aim only"),
        "none": gettext_lazy("no promise"),
    },
    "priority": {
        "low": gettext_lazy("low"),
        "normal": gettext_lazy("normal"),
        "high": gettext_lazy("high"),
        "urgent": gettext_lazy("urgent"),
    },
    "channel": {
        Ticket.Channel.FORM: gettext_lazy("form"),
        Ticket.Channel.EMERGENCY_FORM: gettext_lazy("emergency form"),
        Ticket.Channel.EMAIL: gettext_lazy("email"),
        Ticket.Channel.CALLBACK: gettext_lazy("callback"),
        Ticket.Channel.CHAT: gettext_lazy("chat"),
        Ticket.Channel.PHONE: gettext_lazy("telephone"),
        Ticket.Channel.IN_PERSON: gettext_lazy("in person"),
    },
    "claim": {
        "open": gettext_lazy("not decided on"),
        "confirmed": gettext_lazy("confirmed"),
        "changed": gettext_lazy("changed to standard"),
    },
}
