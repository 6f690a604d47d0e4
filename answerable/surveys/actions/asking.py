"""Asks whoever's time has come how it went: once, on every way at the same instant."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from answerable.accounts.tokens import digest_of, new_token
from answerable.channels.email.actions.noticing import AUTOMATIC
from answerable.channels.email.actions.queueing import letter_to, queue
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.texts import current
from answerable.live.events import Changed, publish
from answerable.surveys.actions.following import is_alone
from answerable.surveys.addresses import no_more_url
from answerable.surveys.core.asking import Facts, ends_at, is_persons, why_not
from answerable.surveys.letters import question_to
from answerable.surveys.models import Refusal, Survey
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Ticket, TicketEvent

log = logging.getLogger(__name__)

AT_ONCE = 100
# Somebody of ours was there for the customer.
OURS = (Verb.ANSWERED, Verb.CHAT_PICKED_UP, Verb.CALL_CONNECTED, Verb.CALL_BEGUN)


def ask_due(*, at: datetime) -> int:
    """Ask, or leave out, up to a hundred whose time has come; return how many that were.

    Each in a transaction of its own, by one process at a time, so that nobody is asked twice.
    One that fails is tried again and keeps no other from being asked.
    """
    due = Survey.objects.filter(wake_at__lte=at).order_by("wake_at", "pk")
    done = 0
    for number in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        try:
            done += _ask_one(number, at)
        except (LookupError, TypeError, ValueError):
            log.exception("Survey %s could not be asked.", number)
    return done


@transaction.atomic
def _ask_one(number: int, at: datetime) -> int:
    waiting = Survey.objects.filter(pk=number, wake_at__lte=at)
    planned = waiting.select_related("ticket").first() if is_alone() else None
    if planned is None:
        return 0
    # The ticket first, as everybody does: nobody opens it again meanwhile.
    ticket = hold(planned.ticket)
    survey = waiting.select_for_update(no_key=True).get()
    why = why_not(survey.terms, _facts(survey, ticket), survey.wake_at or at, at)
    if why:
        survey.wake_at, survey.left_out = None, why
        survey.save(update_fields=["wake_at", "left_out"])
    else:
        _ask(survey, ticket, at)
    return 1


def _facts(survey: Survey, ticket: Ticket) -> Facts:
    """Return what is known now. A ticket that was handed over is asked of who has it."""
    contact, resolved = ticket.requester, survey.resolved
    if contact is None:
        return Facts(is_known=False, is_merged=ticket.merged_into_id is not None)
    events = TicketEvent.objects.filter(ticket=ticket)
    later = events.filter(pk__gt=resolved.pk, verb__in=(Verb.RESOLVED, Verb.REOPENED))
    first = ticket.messages.order_by("pk").first()
    asked = Survey.objects.asked().filter(contact=contact).order_by("-asked_at").first()
    # What was answered on a ticket that was merged into this one counts here.
    merged = Ticket.objects.filter(merged_into=ticket).values_list("pk", flat=True)
    answers = TicketEvent.objects.filter(ticket__in=[ticket.pk, *merged], verb__in=OURS)
    return Facts(
        is_resolved=ticket.state == Ticket.State.RESOLVED and not later.exists(),
        is_merged=ticket.merged_into_id is not None,
        has_left=contact.left_at is not None,
        is_verified=first is None or first.verified,
        is_person=is_persons(contact.email),
        by_silence=resolved.agent_id is None and resolved.contact_id is None,
        was_answered=answers.exists(),
        refuses=Refusal.objects.filter(contact=contact).exists(),
        asked_at=asked.asked_at if asked else None,
    )


def _ask(survey: Survey, ticket: Ticket, at: datetime) -> None:
    assert ticket.requester is not None  # Nobody else is asked.
    token, contact = new_token(), ticket.requester
    survey.contact, survey.token = contact, digest_of(token)
    survey.wake_at, survey.asked_at = None, at
    survey.ends_at = ends_at(survey.terms, at)
    survey.save(update_fields=["contact", "token", "wake_at", "asked_at", "ends_at"])
    if contact.mailed_replies:
        queue([_mail(survey, ticket, token, at)])
    data = {"survey": survey.pk, "to": contact.name}
    record(TicketEvent(ticket=ticket, verb=Verb.SURVEY_ASKED, at=at, data=data))
    tell_pages(survey)


def _mail(survey: Survey, ticket: Ticket, token: str, at: datetime) -> OutgoingMail:
    letter = question_to(survey, ticket, token, current())
    kind = OutgoingMail.Kind.NOTICE
    mail = letter_to(survey.contact, kind, f"survey {survey.pk}", letter, at)
    mail.ticket = ticket
    mail.headers = AUTOMATIC | {
        "List-Unsubscribe": f"<{no_more_url(token)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return mail


def tell_pages(survey: Survey) -> None:
    """Have the pages of whoever is asked look again, wherever they are open."""
    publish(Changed(f"request-{survey.ticket_id}"), Changed(f"requests-{survey.contact_id}"))
