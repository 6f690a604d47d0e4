"""A new ticket: for whom it is, what it says, what it is promised, and opening it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent, Contact
from answerable.desk.composing import questions
from answerable.desk.mentions import mentionable, mentioned
from answerable.desk.new_forms import WRITE, NewTicketForm, first_values, received_in
from answerable.desk.pages import frame_context
from answerable.desk.queries import new_ticket as queries
from answerable.desk.queries.belonging import person_of
from answerable.desk.queries.new_message import first_message, message_box, unopened
from answerable.desk.queries.new_ticket import Writing
from answerable.desk.words import seconds
from answerable.files.queries import waiting
from answerable.files.taking import Taken, answered, attaching, take
from answerable.intake.entering import Entry, enter, submission_of, write
from answerable.intake.offers import Offers
from answerable.intake.sending import sent_as
from answerable.lib import times
from answerable.lib.pages import wants_part
from answerable.sla.grace import next_due
from answerable.tickets.actions.beginning import (
    Begun,
    NewerBegun,
    forget_begun,
    keep_begun,
)
from answerable.tickets.actions.held import TooLong
from answerable.tickets.models import Ticket
from answerable.tickets.places import owner_of

PERSON, DISCARD, SAVE = "person", "discard", "save"


@require_safe
@never_cache
@agent_required
def new(request: AgentRequest) -> HttpResponse:
    """Lead to a page of its own, so that several may be begun at once."""
    asked = request.META.get("QUERY_STRING", "")
    address = reverse("desk:new_ticket", args=[uuid4()])
    return redirect(f"{address}?{asked}" if asked else address)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def ticket(request: AgentRequest, token: UUID) -> HttpResponse:
    """Ask for whom it is, then what it says; open it, and nothing that was typed is lost."""
    if there := sent_as(submission_of(request.agent, str(token))):
        forget_begun(token, agent=request.agent)
        return redirect("desk:ticket", there.pk)
    if request.method == "POST":
        return _posted(request, token)
    begun = queries.begun_as(request.agent, token)
    asked_for = person_of(request.GET.get("person", ""))
    person = asked_for or (begun.person if begun else None)
    if person is None or PERSON in request.GET.get("do", "") or person.left_at:
        return _people(request, token)
    kind = queries.kind_in(queries.values_of(begun) if begun else request.GET.dict())
    values = queries.values_of(begun) if begun else first_values(person, kind, now())
    version = begun.version if begun else ""
    form = queries.form_of(begun)
    return _page(request, Writing(token, person, kind, values, version, form))


@require_safe
@never_cache
@agent_required
def people(request: AgentRequest, token: UUID) -> HttpResponse:
    """Find for whom it is: the whole page, or who is found while somebody types."""
    return _people(request, token)


def _people(request: AgentRequest, token: UUID) -> HttpResponse:
    found = queries.people_found(request.GET.get("q", ""))
    context = {"found": found, "token": token, "view": "new"}
    if wants_part(request):
        return render(request, "desk/new/_people.html", context)
    begun = [one for one in queries.begun_of(request.agent) if one.token != token]
    full = frame_context(request) | context | {"begun": begun}
    return render(request, "desk/new/person.html", full)


@require_safe
@never_cache
@agent_required
def promise(request: AgentRequest, token: UUID) -> HttpResponse:
    """Show what would be promised now, for what was chosen: the part that the form asks for."""
    person = person_of(request.GET.get("person", ""))
    if person is None:
        raise Http404
    values, at = request.GET.dict(), now()
    writing = Writing(token, person, queries.kind_in(values), values)
    offers = queries.offers_to(person, values, at, get_current_timezone())
    context = _promised(writing, offers) | {"part": True}
    if values.get("plan", "") not in {"", str(offers.asking.plan)}:
        context["form"] = _form(writing, offers, at)
    return render(request, "desk/new/_promise.html", context)


@require_POST
@agent_required
def draft(request: AgentRequest, token: UUID) -> HttpResponse:
    """Keep what was typed, and say when; or that another window has newer words."""
    if sent_as(submission_of(request.agent, str(token))):
        return HttpResponse(status=204)
    version, words = _kept(request, token, base=request.POST.get("base", ""))
    status = {"": 409}.get(version, 200)
    answer = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    answer.headers["X-Version"] = version
    return answer


@require_POST
@agent_required
def uploads(request: AgentRequest, token: UUID) -> HttpResponse:
    """Let a file wait beside a new ticket, or take it away again."""
    return answered(_files(request, token))


def _posted(request: AgentRequest, token: UUID) -> HttpResponse:
    do = request.POST.get("do", SAVE)
    if do == DISCARD:
        forget_begun(token, agent=request.agent)
        messages.success(request, _("The new ticket is discarded."))
        return redirect("desk:drafts")
    files = _files(request, token)
    person = person_of(request.POST.get("person", ""))
    version, _words = _kept(request, token)
    address = reverse("desk:new_ticket", args=[token])
    if person is None or do == PERSON:
        return redirect(f"{address}?do={PERSON}")
    if do != SAVE:
        return redirect(address)
    values = request.POST.dict()
    writing = Writing(token, person, queries.kind_in(values), values, version, request.POST)
    return _save(request, writing, files)


def _kept(request: AgentRequest, token: UUID, base: str | None = None) -> tuple[str, str]:
    """Keep what a page has; return its version, "" for none, and what is said of it."""
    person = person_of(request.POST.get("person", ""))
    before = queries.begun_as(request.agent, token)
    said = queries.kept_of(dict(request.POST.lists()), before)
    kind = request.POST.get("do", "")
    if kind.startswith("kind-"):
        said["kind"] = [kind.removeprefix("kind-")]
    at = now()
    try:
        kept = keep_begun(Begun(token, person, said, base), agent=request.agent, at=at)
    except NewerBegun:
        return "", _("Another window has newer words of it. Load the page again to see them.")
    except TooLong:
        return base or " ", _("Too long to be kept as a draft. Save it, or shorten it.")
    time = seconds(at, get_current_timezone())
    return (kept.version if kept else ""), _("saved {time}").format(time=time)


def _files(request: AgentRequest, token: UUID) -> Taken:
    return take(request, owner_of(request.agent), _place(token), at=now())


def _place(token: UUID) -> str:
    return f"new-{token.hex}"


def _save(request: AgentRequest, writing: Writing, files: Taken) -> HttpResponse:
    at = now()
    offers = queries.offers_to(writing.person, writing.values, at, get_current_timezone())
    form = _form(writing, offers, at, request.POST)
    for problem in files.problems:
        form.add_error(None, problem)
    if not form.is_valid():
        return _page(request, writing, form)
    entry = _entry(request, writing, form, offers, files)
    if writing.kind == WRITE:
        said = first_message(writing, entry.body)
        if said.recipients.problem:
            form.add_error(None, said.recipients.problem)
            return _page(request, writing, form)
        ticket, has_files = unopened(writing.person), bool(files.waiting.numbers)
        if asked := questions(ticket, said, has_files=has_files):
            return _page(request, writing, form, question=asked[0], asked=said.asked)
        opened = write(replace(entry, data=said.data), at=at)
        words = _("#{number} is on its way to {name}.")
        messages.success(request, words.format(number=opened.pk, name=writing.person.name))
    else:
        opened = enter(entry, received_at=form.cleaned_data["received"], at=at)
        messages.success(request, _opened_words(opened, writing.person))
    return redirect("desk:ticket", opened.pk)


def _entry(
    request: AgentRequest,
    writing: Writing,
    form: NewTicketForm,
    offers: Offers,
    files: Taken,
) -> Entry:
    facts, is_asked = form.cleaned_data, writing.kind != WRITE
    asking = offers.asking
    if is_asked:
        asking = replace(asking, asked=replace(asking.asked, language=facts["language"]))
    return Entry(
        agent=request.agent,
        person=writing.person,
        token=str(writing.token),
        subject=facts["subject"],
        body=facts["body"],
        asking=asking,
        files=files.waiting,
        own=form.entered,
        impact=form.claimed if is_asked else None,
        said=form.said if is_asked else None,
        note=facts["note"],
        mentions=mentioned(facts["note"]),
        is_mine=facts.get("mine", False),
    )


def _opened_words(opened: Ticket, person: Contact) -> str:
    due = next_due(opened)
    if due is None:
        words = _("#{number} is opened for {name}. No reply is promised.")
        return words.format(number=opened.pk, name=person.name)
    time = times.moment(due, now(), get_current_timezone())
    words = _("#{number} is opened for {name}. Reply by {time}.")
    return words.format(number=opened.pk, name=person.name, time=time)


def _form(
    writing: Writing, offers: Offers, at: datetime, data: QueryDict | None = None
) -> NewTicketForm:
    filled = {
        name: getattr(offers.asking.asked, name)
        for name in ("product", "environment", "severity")
    }
    initial = filled | dict(writing.values) | {"plan": offers.asking.plan}
    return NewTicketForm(data, initial=initial, asking=offers.asking, kind=writing.kind, at=at)


def _promised(writing: Writing, offers: Offers) -> dict[str, Any]:
    at = now()
    received = received_in(writing.values, at)
    return {
        "writing": writing,
        "offers": offers,
        "me": writing.person,
        "now": at,
        "received": received if (at - received).total_seconds() >= 60 else None,
        "is_ours": writing.kind == WRITE,
    }


def _page(
    request: AgentRequest,
    writing: Writing,
    form: NewTicketForm | None = None,
    **question: object,
) -> HttpResponse:
    offers = queries.offers_to(writing.person, writing.values, now(), get_current_timezone())
    form = form or _form(writing, offers, now())
    uploads = waiting(owner_of(request.agent), _place(writing.token))
    problems = [*map(str, form.non_field_errors())]
    context = (
        frame_context(request)
        | _promised(writing, offers)
        | {
            "view": "new",
            "form": form,
            "attaching": attaching(
                reverse("desk:new_uploads", args=[writing.token]), uploads, problems
            ),
            "open_tickets": queries.open_tickets(writing.person),
            "mentions": mentionable(list(Agent.objects.active().order_by("name"))),
            **question,
        }
    )
    if writing.kind == WRITE:
        context["box"] = message_box(writing, request.agent)
    status = 422 if form.errors or question else 200
    return render(request, "desk/new/ticket.html", context, status=status)
