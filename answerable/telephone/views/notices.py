"""Calls that tell an agent of what insists: they hear it, and claim the ticket by a key."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from answerable.channels.voice.twilio.account import address
from answerable.channels.voice.twilio.core.twiml import Gather, Hangup, Say
from answerable.notices import actions
from answerable.notices.models import Delivery, Notice
from answerable.notices.words import notice_words
from answerable.telephone.guards import from_provider
from answerable.telephone.said import KEYS_SECONDS, VOICES
from answerable.telephone.views.legs import YES, does
from answerable.tickets.actions import TakenByOther, assign, take


@from_provider
def answered(request: HttpRequest, key: str) -> HttpResponse:
    """Say what it is about, twice, and which key claims it."""
    row, notice = _found(key)
    with translation.override(notice.agent.language):
        if notice.ended_at:
            return does(_say(notice, _("It is over. Nobody is needed any more.")), Hangup())
        words = notice_words(notice, now(), ZoneInfo(notice.agent.zone))
        asked = _say(notice, f"{words} {_asks(notice)}")
        pressed = address(f"notices/{row.key}/pressed/")
        return does(Gather(pressed, (asked, asked), 1, KEYS_SECONDS))


@from_provider
def pressed(request: HttpRequest, key: str) -> HttpResponse:
    """Give the ticket to whoever pressed the key; the first one has it."""
    _row, notice = _found(key)
    if request.POST.get("Digits") != YES:
        return does(Hangup())
    with translation.override(notice.agent.language):
        return does(_say(notice, _claimed(notice)), Hangup())


@from_provider
def status(request: HttpRequest, key: str) -> HttpResponse:
    """Hear that a call ended, or that nobody answered it."""
    actions.end_phone(key, at=now())
    return HttpResponse(status=204)


def _claimed(notice: Notice) -> str:
    ticket, at = notice.ticket, now()
    is_mine = ticket.assignee_id in {None, notice.agent_id}
    try:
        if is_mine:
            take(ticket, agent=notice.agent, at=at)
        elif notice.kind == "next" and notice.ended_at is None:
            assign(ticket, to=notice.agent, agent=notice.agent, at=at)
        else:
            return _taken_by(notice)
    except TakenByOther:
        return _taken_by(notice)
    actions.put_away(notice, at=at)
    return _("It is yours. Thank you.")


def _taken_by(notice: Notice) -> str:
    notice.ticket.refresh_from_db()
    name = notice.ticket.assignee.name if notice.ticket.assignee else ""
    return _("{name} took it.").format(name=name)


def _asks(notice: Notice) -> str:
    if notice.kind == "hurry":
        return _("Press 1 to say that you know.")
    return _("Press 1 to claim.")


def _say(notice: Notice, words: str) -> Say:
    return Say(words, VOICES.get(notice.agent.language, VOICES["en"]))


def _found(key: str) -> tuple[Delivery, Notice]:
    row = actions.answer_phone(key, at=now())
    if row is None or row.notice is None:
        raise Http404
    return row, row.notice
