"""A contact's requests: the list, one of them, and how its time is worked out."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.timezone import get_current_timezone, now
from django.views.decorators.http import require_POST

from answerable.accounts.access import contact_of
from answerable.accounts.guards import ContactRequest, contact_required
from answerable.accounts.models import Contact
from answerable.intake import chats
from answerable.intake.chats import last_chat_on
from answerable.intake.known import known_to
from answerable.intake.saying import problem_in, say_plainly, say_words, token_in
from answerable.intake.shown.conversation import conversation_of
from answerable.intake.shown.panel import panel_of
from answerable.intake.surveying import shown_to
from answerable.lib.pages import page_or_part
from answerable.live.queries import newest_number
from answerable.portal import keeping
from answerable.portal.attaching import taken, waiting_for
from answerable.portal.forms import AnswerForm
from answerable.portal.queries.listing import requests_of, sought
from answerable.portal.queries.people import people_on
from answerable.portal.views.chats import address_in
from answerable.sla.why import Reader, why_all
from answerable.sla.words import about_words
from answerable.surveys.queries import asked_of
from answerable.tickets.access import may_write, visible_as_contact
from answerable.tickets.actions import reopen, resolve
from answerable.tickets.models import Ticket
from answerable.tickets.places import place_of


@contact_required
def requests(request: ContactRequest) -> HttpResponse:
    """List the requests that this contact may see."""
    after = newest_number()
    ask = sought(request.GET.dict())
    context = {
        "listing": requests_of(request.contact, ask, at=now()),
        "view": ask.view,
        "q": ask.words,
        "after": after,
        "me": request.contact,
        "known": known_to(request.contact, now(), get_current_timezone()),
        "surveys": asked_of(request.contact, now()),
    }
    return page_or_part(request, "portal/requests.html", "portal/_requests.html", context)


@contact_required
def one(request: ContactRequest, number: int) -> HttpResponse:
    """Show one request: its promise, its conversation, and a box to answer."""
    ticket = visible(request, number)
    before = keeping.kept(request, f"answer-{number}")
    return _page(request, ticket, AnswerForm(initial=before))


def _page(request: ContactRequest, ticket: Ticket, form: AnswerForm) -> HttpResponse:
    after, zone, at = newest_number(), get_current_timezone(), now()
    panel = panel_of(ticket, at, zone)
    context = {
        **_talked(request.contact, ticket),
        "ticket": ticket,
        "me": request.contact,
        "panel": panel,
        "people": people_on(ticket, request.contact, panel.claim),
        "about": about_words(ticket.product, ticket.environment),
        "conversation": conversation_of(ticket, request.contact, zone),
        "asked": shown_to(request.contact, ticket, at),
        "reopens": _may_reopen(ticket),
        "form": form,
        "attaching": waiting_for(request, request.contact, ticket.pk, form),
        "after": after,
        "sent": "sent" in request.GET,
        "say_words": say_words(),
    }
    status = 422 if form.errors else 200
    return render(request, "portal/request.html", context, status=status)


def _talked(person: Contact, ticket: Ticket) -> dict[str, object]:
    """Return the chat on a request that its person is in, or what is asked after one."""
    last = last_chat_on(ticket, person)
    if last is None:
        return {}
    if last.ended_at is None:
        return {"talk": chats.shown(last, address_in(last), at=now())}
    return {"after_chat": chats.after(last)} if chats.is_asked_about(last, now()) else {}


@contact_required
def conversation(request: ContactRequest, number: int) -> HttpResponse:
    """Show the conversation alone, when something was added to it."""
    ticket = visible(request, number)
    said = conversation_of(ticket, request.contact, get_current_timezone())
    context = {"ticket": ticket, "me": request.contact, "conversation": said}
    return render(request, "portal/_conversation.html", context)


@contact_required
def promise(request: ContactRequest, number: int) -> HttpResponse:
    """Show the promise alone, when it was kept, missed, or changed."""
    ticket = visible(request, number)
    panel = panel_of(ticket, now(), get_current_timezone())
    people = people_on(ticket, request.contact, panel.claim)
    context = {"ticket": ticket, "panel": panel, "people": people}
    return render(request, "portal/_promise.html", context)


@contact_required
def why(request: ContactRequest, number: int) -> HttpResponse:
    """Show how the due time is worked out, step by step."""
    ticket = visible(request, number)
    reader = Reader(get_current_timezone(), now(), is_agent=False)
    first, *others = why_all(ticket, reader)
    context = {"ticket": ticket, "why": first, "others": others}
    return render(request, "portal/why.html", context)


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponseBase:
    """Add to a request; when the session has ended, the text is kept through signing in."""
    if contact_of(request.user) is None and not request.user.is_authenticated:
        if "token" in request.POST:  # Its script sends it once more as a form, which is kept.
            return JsonResponse({}, status=401)
        taken(request, None, place_of(number, "answer"))
        keeping.keep(request, f"answer-{number}")
        asked = {"next": resolve_url("portal:request", number=number), "ended": 1}
        return redirect(f"{resolve_url('signin:choose')}?{urlencode(asked)}")
    return _answer(request, number)


@contact_required
def _answer(request: ContactRequest, number: int) -> HttpResponse:
    ticket = visible(request, number, writes=True)
    form, token = AnswerForm(request.POST), token_in(request.POST.get("token", ""))
    files = taken(request, request.contact, place_of(number, "answer"), form)
    if not form.is_valid():
        return _refused(request, ticket, form, token)
    body = form.cleaned_data["body"]
    said = say_plainly(request.contact, ticket, body, files.waiting, token=token, at=now())
    keeping.forget(request, f"answer-{number}")
    if token:
        return JsonResponse({"number": said})
    return redirect(f"{resolve_url('portal:request', number=said)}#latest")


def _refused(
    request: ContactRequest, ticket: Ticket, form: AnswerForm, token: str
) -> HttpResponse:
    if token:
        return JsonResponse({"problem": problem_in(form)}, status=422)
    return _page(request, ticket, form)


@require_POST
@contact_required
def solved(request: ContactRequest, number: int) -> HttpResponse:
    """Say that a request is solved."""
    ticket = visible(request, number, writes=True)
    resolve(ticket, agent=None, contact=request.contact, reason="", at=now())
    return redirect("portal:request", number=number)


@require_POST
@contact_required
def not_solved(request: ContactRequest, number: int) -> HttpResponse:
    """Open a request again, for as long as its plan lets one be."""
    ticket = visible(request, number, writes=True)
    if _may_reopen(ticket):
        reopen(ticket, agent=None, contact=request.contact, at=now())
    return redirect(f"{resolve_url('portal:request', number=number)}#answer")


def visible(request: ContactRequest, number: int, *, writes: bool = False) -> Ticket:
    """Return a request that this contact may see, or may change if it `writes`; or the page
    that says there is none."""
    tickets = visible_as_contact(request.user).select_related("requester", "customer")
    ticket = get_object_or_404(tickets, pk=number)
    if writes and not may_write(request.contact, ticket):
        raise Http404
    return ticket


def _may_reopen(ticket: Ticket) -> bool:
    """Say whether a resolved request can still be opened again."""
    is_resolved = ticket.state == Ticket.State.RESOLVED and ticket.merged_into_id is None
    return is_resolved and not ticket.is_over(now())
