"""Tells agents by mail that a shift of theirs comes, or is on, and that they are to cover."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.channels.email import actions as mails
from answerable.channels.email import ours
from answerable.notices.models import ShiftTold
from answerable.routing.core.rota import Plan, shift_at, shifts
from answerable.routing.models import Cover
from answerable.routing.on_call import MOMENT, SEEN, on_call_until, plans
from answerable.routing.on_call_words import PLACES, instant_words, stretch_words

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody is to be told of a stretch of time once, by `key`. `by`: who entered a cover."""

    agent: int
    key: str
    place: str
    begins_at: datetime
    ends_at: datetime | None
    is_on: bool = False
    by: str = ""

    def words(self, zone: ZoneInfo) -> str:
        """Return it as a line of a mail, in the language that is active."""
        place = str(PLACES[self.place])
        stretch = stretch_words(self.begins_at, self.ends_at, zone)
        if self.by:
            words = _("{name} entered that you cover, {stretch}: {place}.")
            return words.format(name=self.by, stretch=stretch, place=place)
        if self.is_on and self.ends_at:
            words = _("You are on call now, until {time}: {place}.")
            return words.format(time=instant_words(self.ends_at, zone), place=place)
        if self.is_on:
            return _("You are on call now: {place}.").format(place=place)
        return _("You are on call, {stretch}: {place}.").format(stretch=stretch, place=place)


@transaction.atomic
def remind_of_shifts(*, at: datetime) -> int:
    """Mail whom a shift comes for within a day, or begins for, and who covers because somebody
    else said so; return how many mails those were. Each is told once."""
    found = [*_coming(at), *_covering(at)]
    keys = {one.key for one in found}
    known = set(ShiftTold.objects.filter(key__in=keys).values_list("agent_id", "key"))
    new = [one for one in found if (one.agent, one.key) not in known]
    ShiftTold.objects.bulk_create([ShiftTold(agent_id=o.agent, key=o.key, at=at) for o in new])
    wanted = Agent.objects.active().filter(notified_by_mail=True).select_related("user")
    agents = wanted.in_bulk({one.agent for one in new})
    told = {agent: [one for one in new if one.agent == pk] for pk, agent in agents.items()}
    return sum(_mail(agent, lines, at) for agent, lines in told.items())


def _coming(at: datetime) -> Iterator[Told]:
    known: Mapping[str, Plan] = plans(list(PLACES), at - A_DAY, at + SEEN)
    for place, plan in known.items():
        for shift in shifts(plan, at - AN_HOUR, at + A_DAY):
            begins_at, person = shift.begins_at, shift.person
            if person is None or begins_at <= at - AN_HOUR:
                continue
            if shift_at(plan, begins_at - MOMENT).person == person:
                continue
            is_on = begins_at <= at
            if not is_on and _was_on_call(plan, person, begins_at):
                continue
            key = f"{'now' if is_on else 'soon'} {place} {begins_at.timestamp():.0f}"
            ends_at = on_call_until(plan, begins_at)
            yield Told(person, key, place, begins_at, ends_at, is_on)


def _was_on_call(plan: Plan, person: int, at: datetime) -> bool:
    """Say whether somebody was on call within the day before a shift: night after night only
    the first is announced."""
    return any(shift.person == person for shift in shifts(plan, at - A_DAY, at))


def _covering(at: datetime) -> Iterator[Told]:
    rows = Cover.objects.filter(ends_at__gt=at).exclude(agent=F("by")).select_related("by")
    for cover in rows.order_by("pk"):
        key = f"cover {cover.pk}"
        by = cover.by.name
        yield Told(cover.agent_id, key, cover.place, cover.begins_at, cover.ends_at, by=by)


def _mail(agent: Agent, lines: Collection[Told], at: datetime) -> bool:
    zone = ZoneInfo(agent.zone)
    with translation.override(agent.language):
        said = [one.words(zone) for one in lines]
        link = f"{settings.ANSWERABLE_URL}/desk/on-call/"
        footer = _("No more of these mails: {url}").format(url=ours.unsubscribe_url(agent))
        body = "\n".join([*said, "", link])
        subject = said[0] if len(said) == 1 else _("You are on call")
        mails.queue_digest(agent, subject, body, footer, at=at)
    return True
