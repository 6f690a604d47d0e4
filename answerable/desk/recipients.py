"""To whom a reply goes: whom it usually does, whom its writer chose, and who is outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Contact
from answerable.desk.words import first_name
from answerable.files.capability import LINKED_FOR
from answerable.tickets.models import Participant, Ticket

MOST = 50
LONGEST = 254
# What somebody types or pastes between two addresses.
BETWEEN = str.maketrans(dict.fromkeys(',;\n<>"', " "))


@dataclass(frozen=True, slots=True)
class Recipients:
    """Addresses in To and Cc, each once and in lower case; and what is wrong with them."""

    to: Sequence[str]
    cc: Sequence[str]
    problem: str = ""

    @property
    def everybody(self) -> list[str]:
        """All of them, those in To first."""
        return [*self.to, *self.cc]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who gets a reply, as the box shows them."""

    address: str
    name: str
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets a reply: as people, whom nobody has confirmed yet, what the button says, and
    what is said of a file that is too large for their mail."""

    to: Sequence[Person]
    cc: Sequence[Person]
    unconfirmed: Sequence[Person]
    kept: Sequence[str]
    button: str
    large: str
    customer: str
    problem: str = ""
    contacts: Mapping[str, str] = field(default_factory=dict)


def usual(ticket: Ticket) -> Recipients:
    """Return to whom a reply goes where its writer chooses nobody else."""
    owner = (ticket.requester.email if ticket.requester else ticket.sender_email).lower()
    if ticket.pk is None or not getattr(ticket, "has_copied", True):
        return Recipients([owner] if owner else [], [])
    kept = Participant.objects.kept().filter(ticket=ticket).exclude(address=owner)
    copied = list(kept.order_by("pk").values_list("address", flat=True))
    return Recipients([owner] if owner else [], copied)


def chosen(ticket: Ticket, form: QueryDict) -> Recipients:
    """Return whom a form names; the usual ones, where it asks for nobody."""
    if "recipients" not in form:
        return usual(ticket)
    dropped = set(form.getlist("drop"))
    typed_to, typed_cc = split(form.get("add_to", "")), split(form.get("add_cc", ""))
    to = _fit([*form.getlist("to"), *typed_to], dropped)
    cc = _fit([*form.getlist("cc"), *typed_cc], dropped | set(to))
    return Recipients(to[:MOST], cc[:MOST], _problem(to, cc))


def split(text: str) -> list[str]:
    """Return the addresses between commas, spaces and lines; where there is none, all words."""
    words = text.translate(BETWEEN).split()
    return [word for word in words if "@" in word] or words


def _fit(words: Sequence[str], dropped: Collection[str]) -> list[str]:
    lower = (word.strip().lower() for word in words)
    return [word for word in dict.fromkeys(lower) if word and word not in dropped]


def _problem(to: Sequence[str], cc: Sequence[str]) -> str:
    count = len(to) + len(cc)
    if count > MOST:
        words = _("A reply goes to {most} people at most. You entered {count}.")
        return words.format(most=MOST, count=f"{count:,}")
    broken = next((word for word in [*to, *cc] if not is_address(word)), "")
    if broken:
        words = _("{word} is no address. Enter one like name@example.com, or remove it.")
        return words.format(word=broken[:80])
    return "" if count else _("Add at least one recipient")


def is_address(word: str) -> bool:
    """Say whether a mail can be sent to this."""
    try:
        validate_email(word)
    except ValidationError:
        return False
    return len(word) <= LONGEST and word.isascii()


def audience(ticket: Ticket, recipients: Recipients, kept: Collection[str] = ()) -> Audience:
    """Return who gets a reply. `kept` are addresses outside that its writer has confirmed."""
    known = _known(ticket, recipients.everybody)
    inside = _inside(ticket, recipients.everybody, known)
    already = {*kept, *usual(ticket).everybody}

    def people(addresses: Sequence[str]) -> list[Person]:
        return [Person(a, known.get(a, a), a not in inside) for a in addresses]

    to, cc = people(recipients.to), people(recipients.cc)
    return Audience(
        to=to,
        cc=cc,
        unconfirmed=[p for p in (*to, *cc) if p.is_outside and p.address not in already],
        kept=[address for address in kept if address in recipients.everybody],
        button=_button(ticket, [*to, *cc]),
        large=_large(ticket, [*to, *cc]),
        customer=ticket.customer.name if ticket.customer else "",
        problem=recipients.problem,
    )


def _known(ticket: Ticket, addresses: Sequence[str]) -> dict[str, str]:
    """Return the names of those whom we know, by address."""
    names = {ticket.sender_email.lower(): ticket.sender_name}
    if ticket.requester:
        names[ticket.requester.email.lower()] = ticket.requester.name
    if ticket.pk is None or not set(addresses) - set(names):
        return names
    others = Participant.objects.filter(ticket=ticket, address__in=addresses)
    names |= {one.address: one.shown for one in others.select_related("contact")}
    return {address: name for address, name in names.items() if address and name}


def _inside(ticket: Ticket, addresses: Sequence[str], known: Mapping[str, str]) -> set[str]:
    """Return which addresses belong to the ticket's customer; of a stranger's ticket, all."""
    if ticket.customer is None:
        return set(addresses)
    domains = {domain.lower() for domain in ticket.customer.domains}
    if all(address.rpartition("@")[2] in domains for address in addresses):
        return set(addresses)
    contacts = Contact.objects.filter(
        customer=ticket.customer, email__in=addresses, left_at=None
    )
    theirs = {email.lower() for email in contacts.values_list("email", flat=True)}
    if ticket.requester:
        theirs.add(ticket.requester.email.lower())
    return {a for a in addresses if a in theirs or a.rpartition("@")[2] in domains}


def _large(ticket: Ticket, people: Sequence[Person]) -> str:
    """Say what becomes of a file that has no room in the mail; nothing where none is sent."""
    owner = ticket.requester
    mailed = [
        person.name
        for person in people
        if not owner or owner.mailed_replies or person.address != owner.email.lower()
    ]
    return too_large(mailed) if mailed else ""


def too_large(names: Sequence[str]) -> str:
    """Return “Too large for email. Dana gets a link that ends in 30 days.”"""
    days = LINKED_FOR.days
    if len(names) != 1:
        words = _("Too large for email. They get a link that ends in {days} days.")
        return words.format(days=days)
    words = _("Too large for email. {name} gets a link that ends in {days} days.")
    return words.format(name=first_name(names[0]), days=days)


def _button(ticket: Ticket, people: Sequence[Person]) -> str:
    count, outside = len(people), sum(person.is_outside for person in people)
    customer = ticket.customer.name if ticket.customer else ""
    if not people:
        return _("Select who reads it")
    if count == 1 and not outside:
        return _("Send to {name}").format(name=people[0].name)
    if outside and outside == count:
        words = ngettext(
            "Send to {count} person outside {customer}",
            "Send to {count} people outside {customer}",
            count,
        )
    elif outside:
        words = ngettext(
            "Send to {count} person, {outside} outside {customer}",
            "Send to {count} people, {outside} outside {customer}",
            count,
        )
    else:
        words = ngettext("Send to {count} person", "Send to {count} people", count)
    return words.format(count=count, outside=outside, customer=customer)
