"""The first administrator, made with a code that the terminal printed."""

from __future__ import annotations

from datetime import datetime

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from answerable.accounts.actions import AddressTaken, make_agent, use_start_code
from answerable.accounts.actions.limits import within_limit
from answerable.accounts.models import Agent, User
from answerable.lib.peer import address_of
from answerable.lib.times import clock_time
from answerable.signin import queries
from answerable.signin.forms import StartForm
from answerable.signin.limits import CODES_PER_IP
from answerable.signin.views.links import BACKEND


class CodeUsed(Exception):
    """The code was used while the form was being filled in."""


@sensitive_post_parameters("password")
@never_cache
def first_administrator(request: HttpRequest) -> HttpResponse:
    """Ask for name, address and password, and make the first administrator."""
    code = request.POST.get("code") or request.GET.get("code") or ""
    trouble = trouble_with(request, code, now())
    if trouble:
        return render(request, "signin/start_over.html", {"trouble": trouble}, status=410)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _begin(request, form, code)
        except AddressTaken:
            form.add_error("email", _("Somebody has this address already. Enter another."))
        except CodeUsed:
            return redirect(request.get_full_path())
    status = 422 if form.errors else 200
    return render(request, "signin/start.html", {"form": form, "code": code}, status=status)


def trouble_with(request: HttpRequest, code: str, at: datetime) -> str:
    """Say why a start code does not work, or nothing when it does."""
    found = queries.code_named(code) if code else None
    zone = get_current_timezone()
    if found and found.used_at:
        words = _("This code was used at {time}. Run answerable start-code for a new one.")
        return words.format(time=clock_time(found.used_at, zone))
    if found and found.expires_at <= at:
        words = _("This code ended at {time}. Run answerable start-code for a new one.")
        return words.format(time=clock_time(found.expires_at, zone))
    if found:
        return ""
    if not within_limit("code", address_of(request), CODES_PER_IP, at=now()):
        return _("Too many codes were tried. Try again in 15 minutes.")
    return _("We do not know this code. Run answerable start-code for a new one.")


@transaction.atomic
def _begin(request: HttpRequest, form: StartForm, code: str) -> HttpResponse:
    facts = form.cleaned_data
    if not use_start_code(code, at=now()):
        raise CodeUsed
    agent = make_agent(
        email=facts["email"],
        name=facts["name"],
        role=Agent.Role.ADMINISTRATOR,
        at=now(),
        password=facts["password"],
    )
    _let_in(request, agent.user)
    return redirect("signin:second_factor")


def _let_in(request: HttpRequest, user: User) -> None:
    login(request, user, backend=BACKEND)
    # allauth asks for the password again before it adds a key, unless it saw one just now.
    record_authentication(request, user, method="password", email=user.email)
