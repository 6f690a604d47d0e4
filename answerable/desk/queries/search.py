"""What the page of search shows of what was found: a few queries, however much there is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby
from operator import attrgetter

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact, Customer
from answerable.desk.search_words import chips_of, state_word
from answerable.desk.words import first_name
from answerable.lib import times
from answerable.live.guards import Reader
from answerable.search.core.asked import Asked
from answerable.search.core.showing import Piece, is_found, passage, words_found
from answerable.search.queries import Found, Question, search, stems_of
from answerable.tickets.access import visible_to
from answerable.tickets.models import Message, Ticket

# So many of a ticket's newest messages are looked at for the passage that shows it.
MESSAGES = 12
LONGEST = 8000
NEWEST = """
SELECT message.id, ticket_id, kind, agent_id, contact_id, sender, left(body, %s) AS body
FROM unnest(%s::bigint[]) AS wanted CROSS JOIN LATERAL (
    SELECT * FROM tickets_message WHERE ticket_id = wanted AND kind <> 'taken_back'
    ORDER BY id DESC LIMIT %s
) AS message
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A ticket that was found: where it is, how it stands, and the passage that shows why."""

    number: int
    address: str
    title: SafeString
    who: str
    state: str
    when: str
    owner: str
    words: SafeString
    said_by: str


@dataclass(frozen=True, slots=True)
class Named:
    """An account or a person, and the search that shows their tickets."""

    name: str
    about: str
    address: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """All that the page shows."""

    text: str
    asked: Asked
    hits: Sequence[Hit]
    names: Sequence[Named]
    chips: Sequence[str]
    corrected: Sequence[tuple[str, str]]
    further: str = ""  # the address of what was not looked through

    @property
    def is_asked(self) -> bool:
        """Whether anything was typed that can be looked for."""
        return bool(self.asked) or bool(self.asked.unknown)


def search_page(reader: Reader, question: Question) -> SearchPage:
    """Return what is found of what a reader may see."""
    found, at, zone = search(question), question.at, question.zone
    return SearchPage(
        text=question.text,
        asked=found.asked,
        hits=_hits(reader, found, at, zone),
        names=[*map(_customer, found.customers), *map(_contact, found.contacts)],
        chips=chips_of(found.asked),
        corrected=[(word, ", ".join(others)) for word, others in found.corrected.items()],
        further=_further(question.text, found.below),
    )


def _further(text: str, below: int) -> str:
    return reverse("desk:search", query={"q": text, "below": below}) if below else ""


def _hits(reader: Reader, found: Found, at: datetime, zone: tzinfo) -> list[Hit]:
    rows = visible_to(reader).filter(pk__in=found.tickets)
    tickets = rows.select_related("customer", "requester", "assignee").in_bulk()
    stems = stems_of(found.asked, found.corrected)
    shown = _passages(tickets, stems)

    def hit(ticket: Ticket) -> Hit:
        said = shown.get(ticket.pk)
        return Hit(
            number=ticket.pk,
            address=reverse("desk:ticket", args=[ticket.pk]),
            title=_marked(_whole(ticket.subject, stems)),
            who=_who(ticket),
            state=state_word(ticket.state),
            when=times.moment(ticket.last_at, at, zone),
            owner=first_name(ticket.assignee.name) if ticket.assignee else "",
            words=_marked(passage(said.body, stems)) if said else SafeString(),
            said_by=_author(said),
        )

    return [hit(tickets[number]) for number in found.tickets if number in tickets]


def _passages(tickets: Collection[int], stems: Collection[str]) -> dict[int, Message]:
    """Return of each ticket the newest message that has the most of the words. One query."""
    best: dict[int, tuple[int, Message]] = {}
    for message in _newest(tickets):
        score = len(words_found(message.body, stems))
        if message.ticket_id not in best or score > best[message.ticket_id][0]:
            best[message.ticket_id] = score, message
    return {ticket: message for ticket, (_score, message) in best.items()}


def _newest(tickets: Collection[int]) -> Iterable[Message]:
    """Return the newest messages of each ticket, their beginnings only."""
    asks = [LONGEST, list(tickets), MESSAGES]
    return Message.objects.raw(NEWEST, asks).prefetch_related("agent", "contact")


def _author(message: Message | None) -> str:
    if message is None:
        return ""
    name = first_name(message.author) if message.author else ""
    return _("note by {name}").format(name=name) if message.kind == "note" else name


def _who(ticket: Ticket) -> str:
    person = ticket.requester.name if ticket.requester else ticket.sender_name
    return f"{ticket.customer.name} · {person}" if ticket.customer else person


def _whole(text: str, stems: Collection[str]) -> list[Piece]:
    words = (Piece(word, is_found(word, stems)) for word in text.split())
    return [piece for word in words for piece in (word, Piece(" ", is_found=False))]


def _marked(pieces: Iterable[Piece]) -> SafeString:
    runs = (
        (is_found, "".join(piece.text for piece in run))
        for is_found, run in groupby(pieces, attrgetter("is_found"))
    )
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", t) if f else t,) for f, t in runs)
    )


def _customer(customer: Customer) -> Named:
    return Named(customer.name, ", ".join(customer.domains[:2]), _search_for(customer.name))


def _contact(contact: Contact) -> Named:
    about = f"{contact.customer.name} · {contact.email}"
    return Named(contact.name, about, _search_for(contact.name))


def _search_for(name: str) -> str:
    return reverse("desk:search", query={"q": f'from:"{name}"'})
