"""Replies and notes: each has its own address and field, and none becomes another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.composing import Written, asked_in, questions, then_in, written
from answerable.desk.mentions import mentioned
from answerable.desk.pages import CHANGED, desk_context, found, said, trigger
from answerable.desk.recipients import audience
from answerable.desk.views.preparing import LATER, REVIEW, prepared
from answerable.files.taking import Taken, take
from answerable.lib.pages import wants_part
from answerable.sla.grace import grace_of, left_on, longest_of
from answerable.tickets import actions
from answerable.tickets.core.grace import NONE
from answerable.tickets.models import Message, Ticket
from answerable.tickets.places import owner_of, place_of

SECOND = timedelta(seconds=1)
NEXT = "next"  # Once a reply is sent, the next ticket opens.


@require_POST
@agent_required
def reply(request: AgentRequest, number: int) -> HttpResponse:
    """Send a reply to the customer, unless something is to be asked first."""
    ticket = found(request, number)
    said_now = written(ticket, request.POST)
    files = take_files(request, ticket, "reply")
    if problem := _problem(ticket, said_now, files):
        return refused(request, ticket, "reply", said_now.body, problem)
    if asked := questions(ticket, said_now, has_files=bool(files.waiting.numbers)):
        context = {"question": asked[0], "asked": said_now.asked, "ticket": ticket}
        context |= {"then": then_in(request.POST)}
        return _stopped(request, ticket, said_now.body, "desk/parts/_question.html", context)
    try:
        return _sent_somehow(request, ticket, said_now, files)
    except actions.NewerMessages as newer:
        return _newer(request, ticket, said_now.body, newer)
    except actions.Empty:
        return refused(request, ticket, "reply", said_now.body, _("Enter a reply"))
    except actions.TooLong:
        text = _("The reply must be {count} characters or fewer")
        return refused(request, ticket, "reply", said_now.body, text)


def _problem(ticket: Ticket, reply: Written, files: Taken) -> str:
    if ticket.state == Ticket.State.REVIEW:
        return _("Let it in before you reply")
    if files.problems:
        return " ".join(files.problems)
    if not reply.body.strip():
        return _("Enter a reply")
    return reply.recipients.problem


def _sent_somehow(
    request: AgentRequest, ticket: Ticket, reply: Written, files: Taken
) -> HttpResponse:
    """Send it at once, or let it wait for what its form names."""
    then = then_in(request.POST)
    if then in {LATER, REVIEW}:
        problem, words = prepared(request, ticket, reply, files.waiting, then)
        if problem:
            return refused(request, ticket, "reply", reply.body, problem)
        return _sent(request, ticket, "reply", words)
    answer = actions.Answer(
        request.agent, reply.body, reply.seen, grace=grace_of(request.agent), data=reply.data
    )
    with transaction.atomic():
        sent = actions.send(ticket, answer, at=now())
        actions.attach_waiting(sent, files.waiting)
    words = _sending(ticket, sent, reply)
    unseen = bool(sent.leaves_at)
    return _sent(request, ticket, "reply", words, unseen=unseen, is_next=then == NEXT)


@require_POST
@agent_required
def note(request: AgentRequest, number: int) -> HttpResponse:
    """Add an internal note, which no customer ever sees; whom it mentions is told."""
    ticket = found(request, number)
    body = request.POST.get("note", "")
    files = take_files(request, ticket, "note")
    if files.problems:
        return refused(request, ticket, "note", body, " ".join(files.problems))
    named = mentioned(body)
    hands_over = request.POST.get("then") == "assign"
    if hands_over and not named:
        text = _("Mention a colleague with @ to hand it over to them")
        return refused(request, ticket, "note", body, text)
    try:
        with transaction.atomic():
            added = actions.add_note(
                ticket, agent=request.agent, body=body, at=now(), mentions=named
            )
            actions.attach_waiting(added, files.waiting)
            if hands_over:
                actions.assign(ticket, to=named[0], agent=request.agent, at=now())
    except actions.Empty:
        return refused(request, ticket, "note", body, _("Enter a note"))
    except actions.TooLong:
        text = _("The note must be {count} characters or fewer")
        return refused(request, ticket, "note", body, text)
    words = _("Note added.")
    if hands_over:
        words = _("Note added, and assigned to {name}.").format(name=named[0].name)
    return _sent(request, ticket, "note", words)


def take_files(request: AgentRequest, ticket: Ticket, mode: str) -> Taken:
    """Take the files of a box: they wait there until its text is sent."""
    return take(request, owner_of(request.agent), place_of(ticket.pk, mode), at=now())


def _sending(ticket: Ticket, reply: Message, said_now: Written) -> str:
    """Return that a reply waits, that its promise could not, or to whom it goes."""
    if reply.leaves_at:
        left = reply.leaves_at - reply.written_at
        return _("Sending in {seconds} s.").format(seconds=round(left.total_seconds()))
    left_on_promise = left_on(ticket, reply.written_at)
    is_at_once = reply.agent is not None and not longest_of(reply.agent)
    if is_at_once or left_on_promise is None:
        people = audience(ticket, said_now.recipients)
        first = next(iter([*people.to, *people.cc]), None)
        return _("Sending to {name}.").format(name=first.name if first else "")
    if left_on_promise < NONE:
        return _("Sent at once: the promise is late already.")
    words = _("Sent at once: {seconds} s were left on the promise.")
    return words.format(seconds=left_on_promise // SECOND)


def _sent(
    request: AgentRequest,
    ticket: Ticket,
    mode: str,
    text: str,
    *,
    unseen: bool = False,
    is_next: bool = False,
) -> HttpResponse:
    answer = said(request, ticket, text, unseen=unseen)
    if wants_part(request):
        following = reverse("desk:next") if is_next else ""
        trigger(answer, CHANGED, **{"desk:sent": {"mode": mode, "next": following}})
    elif is_next:
        answer.headers["Location"] = reverse("desk:next")
    return answer


def refused(
    request: AgentRequest, ticket: Ticket, mode: str, body: str, text: str
) -> HttpResponse:
    """Say what is missing; the text stays where it was typed."""
    text = text.replace("{count}", number_format(actions.LONGEST, force_grouping=True))
    if wants_part(request):
        return render(request, "desk/parts/_refused.html", {"text": text}, status=422)
    return _whole(request, ticket, mode, body, {"problem": text})


def _newer(
    request: AgentRequest, ticket: Ticket, body: str, newer: actions.NewerMessages
) -> HttpResponse:
    count = len(newer.messages)
    last = ticket.events.order_by("-pk").values_list("pk", flat=True).first()
    context = {
        "messages_since": newer.messages,
        "seen_now": last,
        "asked": asked_in(request.POST),
        "then": then_in(request.POST),
        "ticket": ticket,
        "title": ngettext(
            "{count} new message since you started",
            "{count} new messages since you started",
            count,
        ).format(count=count),
    }
    return _stopped(request, ticket, body, "desk/parts/_newer.html", context)


def _stopped(
    request: AgentRequest, ticket: Ticket, body: str, part: str, context: Mapping[str, object]
) -> HttpResponse:
    """Ask something before a reply goes; the text stays where it was typed."""
    if wants_part(request):
        return render(request, part, context, status=422)
    return _whole(request, ticket, "reply", body, context)


def _whole(
    request: AgentRequest, ticket: Ticket, mode: str, body: str, more: Mapping[str, object]
) -> HttpResponse:
    context = desk_context(request, "all", ticket) | dict(more)
    context |= {"problem_in": mode, "typed": body}
    return render(request, "desk/desk.html", context, status=422)
