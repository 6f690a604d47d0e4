"""Says how stories ended once their day is over, and forgets the words of old ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch, Q

from answerable.knowledge.core import outcomes
from answerable.knowledge.core.outcomes import A_DAY, Read, outcome
from answerable.knowledge.models import ArticleVote, Reading, Story, Visit
from answerable.tickets.models import Ticket

AT_ONCE = 500


@dataclass(slots=True)
class _Returns:
    """When people came back: tickets by contact, questions by contact and by visit."""

    tickets: dict[int, list[Ticket]] = field(default_factory=lambda: defaultdict(list))
    by_contact: dict[int, list[Story]] = field(default_factory=lambda: defaultdict(list))
    by_visit: dict[int, list[Story]] = field(default_factory=lambda: defaultdict(list))

    def tickets_after(self, story: Story) -> list[Ticket]:
        """Return the tickets that its person sent within its day, the first one first."""
        linked = [story.ticket] if story.ticket else []
        sent = self.tickets.get(story.visit.contact_id or 0, [])
        ended = story.last_at + A_DAY
        within = (each for each in sent if story.at <= each.created_at <= ended)
        return linked + sorted(within, key=lambda ticket: ticket.created_at)

    def questions_beside(self, story: Story) -> list[datetime]:
        """Return when its person asked something else."""
        beside = self.by_visit[story.visit_id] + self.by_contact[story.visit.contact_id or 0]
        return [each.at for each in beside if each.pk != story.pk]


def settle_stories(*, at: datetime) -> int:
    """Say of all stories whose day is over how they ended; return of how many.

    Two at once share them: neither waits for what the other has.
    """
    count = 0
    while settled := _settle_some(at):
        count += settled
    return count


def forget_words(*, at: datetime, days: int) -> int:
    """Take away the words of questions older than so many days; return of how many.

    Who asked is forgotten with them, and what voters had searched. How each story ended stays.
    """
    before = at - timedelta(days=days)
    Visit.objects.filter(began_at__lt=before, contact__isnull=False).update(contact=None)
    ArticleVote.objects.filter(at__lt=before).exclude(searched="").update(searched="")
    return Story.objects.kept_before(before).update(words="", group="")


@transaction.atomic
def _settle_some(at: datetime) -> int:
    readings = Prefetch("readings", Reading.objects.order_by("at"))
    held = Story.objects.select_for_update(skip_locked=True, of=("self",)).over(at)
    stories = list(
        held.select_related("visit", "ticket")
        .prefetch_related(readings)
        .order_by("pk")[:AT_ONCE]
    )
    returns = _returns(stories) if stories else _Returns()
    for story in stories:
        sent = returns.tickets_after(story)
        told = outcome(_told(story, sent, returns.questions_beside(story)), at)
        story.outcome = told
        if told == outcomes.Outcome.TICKET:
            story.ticket = sent[0]
    Story.objects.bulk_update(stories, ["outcome", "ticket"])
    return len(stories)


def _returns(stories: Sequence[Story]) -> _Returns:
    """Return what the people of these stories did around them. Two queries."""
    contacts = {story.visit.contact_id for story in stories if story.visit.contact_id}
    visits = {story.visit_id for story in stories}
    span = (min(each.at for each in stories), max(each.last_at for each in stories) + A_DAY)
    found = _Returns()
    for ticket in Ticket.objects.filter(requester__in=contacts, created_at__range=span):
        found.tickets[ticket.requester_id or 0].append(ticket)
    beside = Story.objects.asked().filter(at__range=span).select_related("visit")
    for story in beside.filter(Q(visit__in=visits) | Q(visit__contact__in=contacts)):
        found.by_visit[story.visit_id].append(story)
        if story.visit.contact_id:
            found.by_contact[story.visit.contact_id].append(story)
    return found


def _told(
    story: Story, tickets: Iterable[Ticket], questions: Iterable[datetime]
) -> outcomes.Story:
    return outcomes.Story(
        at=story.at,
        readings=tuple(Read(each.at, each.helpful) for each in story.readings.all()),
        contact=story.contact_at,
        tickets=tuple(max(ticket.created_at, story.at) for ticket in tickets),
        questions=tuple(questions),
    )
