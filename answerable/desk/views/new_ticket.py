"""A new ticket: for whom it is, what it says, what it is promised, and opening it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.new_forms import first_values
from answerable.desk.pages import frame_context
from answerable.desk.queries import new_ticket as queries
from answerable.desk.queries.belonging import person_of
from answerable.desk.queries.new_ticket import Writing
from answerable.desk.views.new_page import form_of, page, place_of_new, promised
from answerable.desk.views.new_saving import save
from answerable.desk.words import seconds
from answerable.files.taking import Taken, answered, take
from answerable.intake.entering import submission_of
from answerable.intake.sending import sent_as
from answerable.lib.pages import wants_part
from answerable.tickets.actions.beginning import (
    Begun,
    NewerBegun,
    forget_begun,
    keep_begun,
)
from answerable.tickets.actions.held import TooLong
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
    return page(request, Writing(token, person, kind, values, version, form))


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
    context = promised(writing, offers) | {"part": True}
    if values.get("plan", "") not in {"", str(offers.asking.plan)}:
        context["form"] = form_of(writing, offers, at)
    return render(request, "desk/new/_promise.html", context)


@require_POST
@agent_required
def draft(request: AgentRequest, token: UUID) -> HttpResponse:
    """Keep what was typed, and say when; or that another window has newer words."""
    if sent_as(submission_of(request.agent, str(token))):
        return HttpResponse(status=204)
    base, saved_as = (request.POST.get(name, "") for name in ("base", "version"))
    version, words = _kept(request, token, base=base, saved_as=saved_as)
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
    return save(request, writing, files)


def _kept(
    request: AgentRequest, token: UUID, base: str | None = None, saved_as: str = ""
) -> tuple[str, str]:
    """Keep what a page has; return its version, "" for none, and what is said of it."""
    person = person_of(request.POST.get("person", ""))
    before = queries.begun_as(request.agent, token)
    said = queries.kept_of(dict(request.POST.lists()), before)
    kind = request.POST.get("do", "")
    if kind.startswith("kind-"):
        said["kind"] = [kind.removeprefix("kind-")]
    at = now()
    try:
        begun = Begun(token, person, said, base, saved_as)
        kept = keep_begun(begun, agent=request.agent, at=at)
    except NewerBegun:
        return "", _("Another window has newer words of it. Load the page again to see them.")
    except TooLong:
        return base or " ", _("Too long to be kept as a draft. Save it, or shorten it.")
    time = seconds(at, get_current_timezone())
    return (kept.version if kept else ""), _("saved {time}").format(time=time)


def _files(request: AgentRequest, token: UUID) -> Taken:
    return take(request, owner_of(request.agent), place_of_new(token), at=now())
