"""The page that shows every element in every state, to whoever builds or judges pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import RequestContext
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from answerable.design.icons import ICONS


class SampleForm(forms.Form):
    """Every kind of field that pages are made of."""

    body = forms.CharField(
        label=_("What happened?"),
        help_text=_("Say what you did, what you expected, and what you saw."),
        widget=forms.Textarea,
        error_messages={"required": _("Enter what happened")},
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    blocked = forms.ChoiceField(
        label=_("What is blocked?"),
        widget=forms.RadioSelect,
        choices=[
            ("sign-in", _("Most or all users cannot sign in or reach tools")),
            ("outage", _("An outage stops core work or a time-critical launch")),
        ],
        error_messages={"required": _("Select what is blocked")},
    )
    product = forms.ChoiceField(
        label=_("Product"), choices=[("hub", "Hub"), ("flow", "Flow")], required=False
    )
    critical = forms.BooleanField(
        label=_("This is business-critical"),
        required=False,
        help_text=_("Most or all users, core work stopped, data at risk."),
    )


def patterns(request: HttpRequest) -> HttpResponse:
    """Show the pattern page where it helps and reveals nothing: in development and demos."""
    if not (settings.DEBUG or is_demo(request)):
        raise Http404
    now = timezone.now()
    context = {"forms": sample_forms(), "icons": list(ICONS), **sample_times(now)}
    return render(request, "design/patterns.html", context)


def is_demo(request: HttpRequest) -> bool:
    """Ask what pages know, because this room knows no other that could tell."""
    known = RequestContext(request)
    with known.bind_template(get_template("design/base.html").template):  # type: ignore[attr-defined]  # Only Django's own templates are used here.
        return bool(known["installation"].demo)


def sample_forms() -> dict[str, SampleForm]:
    return {
        "empty": SampleForm(auto_id="empty_%s"),
        "wrong": SampleForm({"phone": "+49 171 5550123"}, auto_id="wrong_%s"),
    }


def sample_times(now: datetime) -> dict[str, datetime]:
    """Return instants around now, one for each way a time is written."""
    minutes = {
        "late": -4,
        "at_risk": 6,
        "soon": 14,
        "on_track": 42,
        "hours": 312,
        "days": 4400,
        "met": -60,
        "met_due": -42,
        "missed_due": -64,
    }
    return {
        name: now + timedelta(minutes=count, seconds=12 if count > 0 else 0)
        for name, count in minutes.items()
    }
