"""The mail ledger: what came, what became of it, and deciding on it by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlencode

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.channels.email.actions import deciding
from answerable.channels.email.actions.deciding import AcceptedBefore, Settled
from answerable.channels.email.core.mapped import PIECE
from answerable.channels.email.ledger import Sought, listed, sought
from answerable.channels.email.ledger_words import reason_of
from answerable.channels.email.models import InboundMail
from answerable.channels.email.raws import piece
from answerable.office.ledger_forms import AcceptForm, RefuseForm
from answerable.office.pages import NO_STORE, administrator_required, ledger_frame
from answerable.office.queries.ledger import mail_page

A_PAGE = 50
AT_ONCE = 4 * 1024 * 1024
# Whatever a mail says, no browser runs or shows it: it is a file to keep.
SANDBOX = "sandbox; default-src 'none'"
HIGHEST = 2**63


@require_safe
@never_cache
@administrator_required
def ledger(request: AgentRequest) -> HttpResponse:
    """Show the ledger, the newest mail first, or what of it is looked for."""
    asked = sought(request.GET.dict())
    said = request.GET.get("before", "")
    before = int(said) if said.isdecimal() and len(said) < 19 else None
    page = listed(asked, get_current_timezone(), before=before, size=A_PAGE)
    context = ledger_frame(request, _("Mail")) | {
        "asked": asked,
        "rows": [(mail, reason_of(mail)) for mail in page.mails],
        "older": address_of(asked, before=page.older) if page.older else "",
        "newest": address_of(asked) if before else "",
        "query": address_of(asked),
        "states": InboundMail.State.choices,
        "is_asked": bool(asked.values() or before),
    }
    return render(request, "office/mail.html", context)


@require_safe
@never_cache
@administrator_required
def one(request: AgentRequest, number: int) -> HttpResponse:
    """Show one mail: what happened, its headers, and its text as text."""
    return _page(request, number)


@require_safe
@administrator_required
def raw(request: AgentRequest, number: int) -> HttpResponseBase:
    """Return a mail as it came, as a file to keep."""
    mail = _mail(number)
    if mail.size <= AT_ONCE:
        answer: HttpResponseBase = HttpResponse(piece(mail, 0, AT_ONCE))
    else:
        answer = StreamingHttpResponse(_pieces(mail))
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers["Content-Disposition"] = f'attachment; filename="mail-{mail.pk}.eml"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = NO_STORE
    return answer


@require_POST
@administrator_required
def accept(request: AgentRequest, number: int) -> HttpResponse:
    """Accept a mail as a ticket of its own, or into one."""
    mail, form = _mail(number), AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, number, accepting=form)
    ticket = form.cleaned_data["ticket"]
    try:
        if ticket:
            done = deciding.accept_into(mail, ticket, agent=request.agent, at=now())
        else:
            done = deciding.accept_as_ticket(mail, agent=request.agent, at=now())
    except Settled:
        return _already(request, number)
    except AcceptedBefore:
        messages.error(request, _("The same mail was accepted before. Nothing was done."))
        return redirect("office:mail_one", number)
    words = _("The mail is accepted: it is in {ticket} now.")
    messages.success(request, words.format(ticket=f"#{done.ticket_id}"))
    return redirect("office:mail_one", number)


@require_POST
@administrator_required
def refuse(request: AgentRequest, number: int) -> HttpResponse:
    """Refuse a parked mail."""
    mail, form = _mail(number), RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, number, refusing=form)
    try:
        reason = form.cleaned_data["reason"]
        deciding.refuse(mail, agent=request.agent, reason=reason, at=now())
    except Settled:
        return _already(request, number)
    messages.success(request, _("The mail is refused. Nothing follows from it."))
    return redirect("office:mail_one", number)


@require_POST
@administrator_required
def read_again(request: AgentRequest, number: int) -> HttpResponse:
    """Have one mail read once more by the rules of today."""
    if not deciding.read_again([_mail(number).pk], agent=request.agent, at=now()):
        return _already(request, number)
    messages.success(request, _("The mail is read again in a moment."))
    return redirect("office:mail_one", number)


def address_of(asked: Sought, **more: object) -> str:
    """Return the query of an address that asks for these mails."""
    values = asked.values() | {name: str(value) for name, value in more.items()}
    return f"?{urlencode(values)}" if values else "?"


def _page(
    request: AgentRequest,
    number: int,
    *,
    accepting: AcceptForm | None = None,
    refusing: RefuseForm | None = None,
) -> HttpResponse:
    page = mail_page(number) if number < HIGHEST else None
    if page is None:
        raise Http404
    context = ledger_frame(request, page.mail.subject or _("(no subject)")) | {
        "page": page,
        "mail": page.mail,
        "reason": reason_of(page.mail),
        "accepting": accepting or AcceptForm(),
        "refusing": refusing or RefuseForm(),
        "form": accepting or refusing,
    }
    wrong = accepting or refusing
    return render(request, "office/mail_one.html", context, status=422 if wrong else 200)


def _already(request: AgentRequest, number: int) -> HttpResponse:
    messages.error(request, _("Somebody has decided on this mail meanwhile."))
    return redirect("office:mail_one", number)


def _mail(number: int) -> InboundMail:
    mail = InboundMail.objects.defer("raw").filter(pk=number).first()
    if number >= HIGHEST or mail is None:
        raise Http404
    return mail


async def _pieces(mail: InboundMail) -> AsyncIterator[bytes]:
    for begin in range(0, mail.size, PIECE):
        yield await sync_to_async(piece)(mail, begin)
