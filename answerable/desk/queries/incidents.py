"""Incidents as agents see them: the list, one with its tickets and updates, a bulk reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.desk.rows import RowView, Shown, row_view
from answerable.incidents.models import (
    BulkReply,
    Follower,
    Incident,
    IncidentTicket,
    IncidentUpdate,
)
from answerable.incidents.replies import Progress, answerable_tickets, progress_of
from answerable.lib.paging import Page, page_of
from answerable.routing.queries import rows_of
from answerable.sla.words import about_words
from answerable.tickets.models import Ticket

MOST_OVER = 50
A_PAGE = 50
MOST_FOLLOWERS = 100


@dataclass(frozen=True, slots=True)
class Linked:
    """A ticket of an incident, and its row in the queue while it is open."""

    ticket: Ticket
    row: RowView | None


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """An incident with what belongs to it."""

    incident: Incident
    updates: Sequence[IncidentUpdate]
    tickets: Page[Linked]
    ticket_count: int
    open_count: int
    followers: Sequence[Follower]
    follower_count: int
    replies: Sequence[tuple[BulkReply, Progress]]

    @property
    def about(self) -> str:
        """What it touches."""
        incident = self.incident
        return about_words(incident.product, incident.environment) or _("all products")

    @property
    def followers_more(self) -> int:
        """How many followers are not listed."""
        return self.follower_count - len(self.followers)


def listed() -> QuerySet[Incident]:
    """Return incidents with how many tickets and followers each has."""
    tickets = Count("links", filter=Q(links__unlinked_at=None), distinct=True)
    followers = Count("followers", filter=Q(followers__ended_at=None), distinct=True)
    counted = Incident.objects.annotate(ticket_count=tickets, follower_count=followers)
    return counted.select_related("owner")


def going_on() -> list[Incident]:
    """Return the incidents that go on, the newest first."""
    return list(listed().filter(ended_at=None).order_by("-begun_at", "-pk"))


def over() -> list[Incident]:
    """Return the incidents that ended last."""
    return list(listed().exclude(ended_at=None).order_by("-ended_at", "-pk")[:MOST_OVER])


def choices() -> list[tuple[str, str]]:
    """Return the incidents that somebody may mean, by key and title."""
    return [(one.key, one.title) for one in Incident.objects.going_on().order_by("-begun_at")]


def incident_page(
    incident: Incident, asked: str, agent: Agent, at: datetime, zone: tzinfo
) -> IncidentPage:
    """Return what the page of an incident shows, as fast for one ticket as for 5,000."""
    followers = incident.followers.filter(ended_at=None).select_related("contact__customer")
    links = incident.links.filter(unlinked_at=None)
    return IncidentPage(
        incident=incident,
        updates=list(incident.updates.select_related("agent").order_by("-number")),
        tickets=tickets_of(links, asked, Shown(agent, at, zone)),
        ticket_count=links.count(),
        open_count=answerable_tickets(incident).count(),
        followers=list(followers.order_by("-followed_at")[:MOST_FOLLOWERS]),
        follower_count=followers.count(),
        replies=[
            (bulk, progress_of(bulk))
            for bulk in incident.replies.select_related("agent").order_by("-pk")[:20]
        ],
    )


def tickets_of(links: QuerySet[IncidentTicket], asked: str, shown: Shown) -> Page[Linked]:
    """Return a page of an incident's tickets, the newest link first, each with its promise."""
    found = links.select_related("ticket__customer", "ticket__requester", "ticket__assignee")
    page = page_of(found.order_by("-linked_at", "-pk"), asked, size=A_PAGE)
    tickets = [link.ticket for link in page.rows]
    rows = rows_of([ticket.pk for ticket in tickets], at=shown.at)
    views: Mapping[int, RowView] = {pk: row_view(row, shown) for pk, row in rows.items()}
    linked = [Linked(ticket, views.get(ticket.pk)) for ticket in tickets]
    return Page(linked, page.number, page.has_next)
