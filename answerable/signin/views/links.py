"""Customers sign in by a link that is mailed to them."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from answerable.accounts.access import agent_of
from answerable.accounts.actions import let_in, use_sign_in_link
from answerable.accounts.actions.limits import within_limit
from answerable.lib.peer import address_of
from answerable.signin import queries
from answerable.signin.forms import AddressForm
from answerable.signin.limits import LINKS_PER_ADDRESS, LINKS_PER_IP
from answerable.signin.mail import send_link
from answerable.signin.safe import is_ours, safe_next

BACKEND = "answerable.accounts.backend.People"


@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """Ask a customer for their address; agents go on to their own page."""
    if request.method != "POST":
        return _ask(request, AddressForm())
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    address = form.cleaned_data["email"].lower()
    if not _may_ask(request, address):
        return render(request, "signin/too_many.html", status=429)
    # The answer is the same for an address that we know and for one that we do not.
    send_link(queries.contact_at(address), address, leads_to=safe_next(request), at=now())
    request.session["link_sent_to"] = address
    return redirect("signin:sent")


def _ask(request: HttpRequest, form: AddressForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "next": safe_next(request, ""),
        "kept": "kept" in request.GET or "kept" in request.POST,
        "ended": "ended" in request.GET or "ended" in request.POST,
    }
    return render(request, "signin/choose.html", context, status=status)


def _may_ask(request: HttpRequest, address: str) -> bool:
    by_ip = within_limit("link-ip", address_of(request), LINKS_PER_IP, at=now())
    return within_limit("link", address, LINKS_PER_ADDRESS, at=now()) and by_ip


@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a link was sent, whether or not the address is known."""
    address = request.session.get("link_sent_to")
    if not address:
        return redirect("signin:choose")
    context = {"address": address, "shows_outbox": queries.is_demo()}
    return render(request, "signin/sent.html", context)


@sensitive_variables("token")
@never_cache
def use(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button that uses the link: what only looks at links must not use them up."""
    if request.method != "POST":
        works = queries.link_works(token, at=now())
        page = "signin/link.html" if works else "signin/link_over.html"
        return render(request, page, {"form": AddressForm()}, status=200 if works else 410)
    link = use_sign_in_link(token, at=now())
    user = let_in(link.contact, at=now()) if link else None
    if link is None or user is None or agent_of(user):
        return render(request, "signin/link_over.html", {"form": AddressForm()}, status=410)
    login(request, user, backend=BACKEND)
    # Whoever opened the link just now may add a passkey without another one.
    record_authentication(request, user, method="link", email=user.email)
    request.session.pop("link_sent_to", None)
    return redirect(link.leads_to if is_ours(link.leads_to) else resolve_url("/"))
