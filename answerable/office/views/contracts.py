"""What customers bought, and how many paid seats with it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest
from answerable.entitlements.actions import set_seats
from answerable.entitlements.models import Contract
from answerable.office.pages import administrator_required, frame
from answerable.office.queries.contracts import contracts_page

MOST_SEATS = 1_000_000
LONGEST_NAME = 100


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def contracts(request: AgentRequest) -> HttpResponse:
    """List contracts, and change how many paid seats one has."""
    asked = request.GET.get("page", "1")
    name = request.GET.get("name", "").replace("\x00", "").strip()[:LONGEST_NAME]
    trouble = _changed(request) if request.method == "POST" else ""
    if request.method == "POST" and not trouble:
        return redirect(f"{request.path}?{urlencode({'name': name, 'page': asked})}")
    page, rows = contracts_page(name, asked, now())
    context = frame(request, _("Contracts and seats")) | {
        "page": page,
        "rows": rows,
        "name": name,
        "trouble": trouble,
    }
    return render(request, "office/contracts.html", context, status=422 if trouble else 200)


def _changed(request: AgentRequest) -> str:
    """Keep how many seats a contract has; return what is wrong with it in words, or nothing."""
    contract = _named(request.POST.get("contract", ""))
    said = request.POST.get("seats", "").strip()
    is_number = said.isascii() and said.isdecimal() and len(said) <= len(str(MOST_SEATS))
    if said and not (is_number and int(said) <= MOST_SEATS):
        return _("Enter a whole number, or nothing for any number of seats")
    seats = int(said) if said else None
    if set_seats(contract, seats, by=request.agent, at=now()):
        messages.success(request, _("Saved."))
    return ""


def _named(number: str) -> Contract:
    known = number.isascii() and number.isdecimal() and len(number) < 19
    contract = Contract.objects.filter(pk=int(number)).first() if known else None
    if contract is None:
        raise Http404
    return contract
