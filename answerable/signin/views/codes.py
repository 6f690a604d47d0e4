"""Customers sign in by their support code, where no mail reaches them."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from answerable.accounts.access import agent_of
from answerable.accounts.actions import let_in
from answerable.accounts.actions.codes import use_support_code
from answerable.accounts.actions.limits import within_limit
from answerable.lib.peer import address_of
from answerable.signin.forms import CodeForm
from answerable.signin.limits import CODES_PER_IP, CODES_PER_PERSON
from answerable.signin.safe import safe_next
from answerable.signin.views.links import BACKEND


@sensitive_post_parameters("code")
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Ask for a support code, and for the address or the number of whose it is."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not _may_try(request, form.cleaned_data["named"]):
            return render(request, "signin/too_many.html", status=429)
        facts = form.cleaned_data
        contact = use_support_code(facts["code"], facts["named"], at=now())
        user = let_in(contact, at=now()) if contact else None
        if user and user.is_active and not agent_of(user):
            login(request, user, backend=BACKEND)
            return redirect(safe_next(request) or resolve_url("/"))
        # One answer, whatever is not right: nobody learns whose address we know.
        form.add_error(None, _("Code, or address or number, is not right."))
    context = {"form": form, "next": safe_next(request, "")}
    status = 422 if form.errors else 200
    return render(request, "signin/code.html", context, status=status)


def _may_try(request: HttpRequest, named: str) -> bool:
    by_ip = within_limit("support-code-ip", address_of(request), CODES_PER_IP, at=now())
    return (
        within_limit("support-code", named.strip().lower(), CODES_PER_PERSON, at=now())
        and by_ip
    )
