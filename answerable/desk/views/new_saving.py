"""Saving a new ticket: what they asked is opened, and what we write is sent."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _

from answerable.accounts.guards import AgentRequest
from answerable.accounts.models import Contact
from answerable.desk.composing import Question, Written, about_outside, questions, then_in
from answerable.desk.mentions import mentioned
from answerable.desk.new_forms import WRITE, NewTicketForm
from answerable.desk.queries import new_ticket as queries
from answerable.desk.queries.new_message import copied, first_message, unopened
from answerable.desk.queries.new_ticket import Writing
from answerable.desk.views.new_page import form_of, page
from answerable.desk.views.preparing import (
    LATER,
    REVIEW,
    time_has_passed,
    until_of,
    until_words,
)
from answerable.files.taking import Taken
from answerable.intake.entering import Entry, enter, write
from answerable.intake.offers import Offers
from answerable.lib import times
from answerable.sla.grace import next_due
from answerable.tickets.actions.preparing import TimeHasPassed
from answerable.tickets.models import Ticket


def save(request: AgentRequest, writing: Writing, files: Taken) -> HttpResponse:
    """Open a new ticket, unless something is wrong or to be asked first."""
    at = now()
    offers = queries.offers_to(writing.person, writing.values, at, get_current_timezone())
    form = form_of(writing, offers, at, request.POST)
    for problem in files.problems:
        form.add_error(None, problem)
    if not form.is_valid():
        return page(request, writing, form)
    entry = _entry(request, writing, form, offers, files)
    said = first_message(writing, entry.body) if writing.kind == WRITE else copied(writing)
    if said.recipients.problem:
        form.add_error(None, said.recipients.problem)
        return page(request, writing, form)
    if asked := _asked_first(writing, said, files):
        then = then_in(request.POST)
        return page(request, writing, form, question=asked[0], asked=said.asked, then=then)
    if writing.kind == WRITE:
        return _written(request, writing, form, replace(entry, data=said.data))
    entry = replace(entry, copies=said.recipients.cc)
    opened = enter(entry, received_at=form.cleaned_data["received"], at=at)
    messages.success(request, _opened_words(opened, writing.person))
    return redirect("desk:ticket", opened.pk)


def _written(
    request: AgentRequest, writing: Writing, form: NewTicketForm, entry: Entry
) -> HttpResponse:
    """Send what we write, or let it wait for what its form names."""
    then, until = then_in(request.POST), None
    if then in {LATER, REVIEW}:
        until = until_of(request, then)
    try:
        if isinstance(until, str):
            form.add_error(None, until)
            return page(request, writing, form)
        opened = write(entry, at=now(), until=until)
    except TimeHasPassed:
        form.add_error(None, time_has_passed())
        return page(request, writing, form)
    words = _("#{number} is on its way to {name}.")
    said = words.format(number=opened.pk, name=writing.person.name)
    messages.success(request, until_words(until) if until else said)
    return redirect("desk:ticket", opened.pk)


def _asked_first(writing: Writing, said: Written, files: Taken) -> list[Question]:
    """Return what is asked: of what we write as of a reply, else who gets copies of answers."""
    ticket = unopened(writing.person)
    if writing.kind == WRITE:
        return questions(ticket, said, has_files=bool(files.waiting.numbers))
    return about_outside(ticket, said)


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
