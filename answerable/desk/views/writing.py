"""What helps while one writes: recipients, a preview, links, articles, other languages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.link_words import wrong_links
from answerable.desk.pages import found, said
from answerable.desk.recipients import audience, chosen
from answerable.knowledge.machines.machine import machine, translate
from answerable.knowledge.machines.trouble import NotTranslated
from answerable.knowledge.models import ArticleVersion
from answerable.knowledge.searching import Question, search
from answerable.lib.markdown import as_html
from answerable.tickets import actions
from answerable.tickets.access import messages_for
from answerable.tickets.actions.translating import keep_translation
from answerable.tickets.models import Message, Ticket

BOXES = ("reply", "note", "body")
LONGEST_PREVIEW = 10_000
LONGEST_QUESTION = 200
MOST_ARTICLES = 6


@require_POST
@agent_required
def recipients(request: AgentRequest, number: int) -> HttpResponse:
    """To whom a reply goes, after somebody was added, removed or confirmed."""
    ticket = found(request, number)
    kept = [address.lower() for address in request.POST.getlist("kept")]
    who = audience(ticket, chosen(ticket, request.POST), kept)
    context = {"audience": who, "ticket": ticket}
    return render(request, "desk/parts/_recipients.html", context)


@require_POST
@agent_required
def preview(request: AgentRequest) -> HttpResponse:
    """A text as its reader will see it."""
    text = _typed(request)
    context = {"text": as_html(text[:LONGEST_PREVIEW]), "is_empty": not text.strip()}
    return render(request, "desk/parts/_preview.html", context)


@require_POST
@agent_required
def links(request: AgentRequest, number: int) -> HttpResponse:
    """What is wrong with the links in a text: a hint, which keeps nobody from sending it."""
    ticket = found(request, number)
    context = {"links": wrong_links(request.POST.get("text", ""), ticket, now())}
    return render(request, "desk/parts/_links.html", context)


@require_safe
@never_cache
@agent_required
def articles(request: AgentRequest, number: int) -> HttpResponse:
    """Articles that the customer may read and that say what was asked."""
    return articles_for(request, found(request, number))


def articles_for(request: AgentRequest, ticket: Ticket) -> HttpResponse:
    """Return articles that say what was asked and that a ticket's requester may read."""
    words = request.GET.get("q", "")[:LONGEST_QUESTION]
    hits = search(
        Question(words, ticket.language, ticket.requester, limit=MOST_ARTICLES, as_typed=True),
        now(),
    ).hits
    bodies = ArticleVersion.objects.in_bulk([hit.version_id for hit in hits])
    rows = [(hit, bodies[hit.version_id].body) for hit in hits if hit.version_id in bodies]
    return render(
        request,
        "desk/parts/_articles.html",
        {"rows": rows, "words": words, "site": settings.ANSWERABLE_URL},
    )


@require_POST
@agent_required
def take_by_typing(request: AgentRequest, number: int) -> HttpResponse:
    """Give a ticket that is nobody's to whoever writes a reply for five seconds."""
    ticket = found(request, number)
    if ticket.assignee_id:
        return HttpResponse(status=204)
    try:
        actions.take(ticket, agent=request.agent, at=now())
    except actions.TakenByOther:
        return HttpResponse(status=204)
    return said(
        request,
        ticket,
        _("Assigned to you."),
        undo=f"{reverse('desk:assign', args=[number])}?to=",
    )


@require_POST
@agent_required
def translated(request: AgentRequest, number: int, message: int) -> HttpResponse:
    """A customer's message in the reader's language: asked of the machine once, and kept.

    It is named by its entry in the timeline, which is its line in the log.
    """
    ticket = found(request, number)
    theirs = messages_for(request.user).filter(ticket=ticket, kind=Message.Kind.MESSAGE)
    one = get_object_or_404(theirs.filter(events=message).distinct())
    language = request.agent.language
    kept = one.translations.filter(language=language).first()
    problem = ""
    if kept is None:
        try:
            body = translate([one.body], ticket.language, language)[0]
        except NotTranslated as error:
            problem = str(error)
        else:
            by = machine()
            name = by.name if by else ""
            kept = keep_translation(one, language=language, body=body, machine=name, at=now())
    context = {"translation": kept, "problem": problem}
    return render(request, "desk/parts/_translation.html", context)


@require_POST
@agent_required
def translate_reply(request: AgentRequest, number: int) -> HttpResponse:
    """An agent's reply in the customer's language, for its writer to look through."""
    return in_theirs(request, found(request, number))


def in_theirs(request: AgentRequest, ticket: Ticket) -> HttpResponse:
    """Return an agent's words in the language of a ticket, or why there are none."""
    text = _typed(request)[: actions.LONGEST]
    try:
        body = translate([text], request.agent.language, ticket.language)[0]
    except NotTranslated as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(body, content_type="text/plain; charset=utf-8")


def _typed(request: AgentRequest) -> str:
    """Return what stands in the box that asks."""
    return next((request.POST[name] for name in BOXES if name in request.POST), "")
