"""What a contact sees of their customer's tickets, as conditions for the database.

The law of it: own ones; those in which they were named as a participant; a Super Admin all of
the customer that are not private; everybody else what rules add. A private ticket is seen by
its requester and by those they named, whatever role or rule says otherwise. What we begin by
writing is seen by nobody before its first words have left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet

from answerable.accounts.models import Contact
from answerable.tickets.models import Participant, Ticket
from answerable.tickets.visibility import VisibilityRule

Rows = TypeVar("Rows", bound=QuerySet[Any])
Sees = VisibilityRule.Sees


class _Array(ArraySubquery):
    template = "(ARRAY(%(subquery)s))"


class _IsAmong(Func):
    """Whether a number is one of a few that another query finds first.

    With the array PostgreSQL joins the indexes of both sides of an OR; with IN it would read
    every ticket that there is.
    """

    arg_joiner = " = ANY "
    template = "%(expressions)s"
    output_field = BooleanField()
    conditional = True

    def __init__(self, field: str, numbers: QuerySet[Any]) -> None:
        super().__init__(F(field), _Array(numbers))


@dataclass(frozen=True, slots=True)
class Sight:
    """What a contact sees. `whole`: all that is not private; `rules`: what they add."""

    contact: Contact
    whole: bool
    rules: tuple[VisibilityRule, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether they see requests of colleagues that they take no part in."""
        return self.whole or bool(self.rules)

    def tickets(self) -> QuerySet[Ticket]:
        """Return the tickets that they see."""
        if self.whole:
            return self._of_customer().exclude(pk__in=self._hidden().values("pk"))
        return Ticket.objects.filter(self._seen())

    def hidden(self) -> set[int]:
        """Return the numbers of the tickets that a `whole` sight does not show: few."""
        return set(self._hidden().values_list("pk", flat=True)) if self.whole else set()

    def narrow(self, rows: Rows) -> Rows:
        """Return those of rows, each with `ticket` and `customer`, whose ticket they see."""
        if self.whole:
            theirs = rows.filter(customer=self.contact.customer_id)
            return theirs.exclude(ticket__in=self._hidden().values("pk"))
        return rows.filter(ticket__in=self.tickets().values("pk"))

    def _of_customer(self) -> QuerySet[Ticket]:
        return Ticket.objects.filter(customer=self.contact.customer_id)

    def _named(self) -> QuerySet[Participant]:
        return Participant.objects.filter(
            contact=self.contact, sees=True, ticket__customer=self.contact.customer_id
        )

    def _hidden(self) -> QuerySet[Ticket]:
        """Return the tickets of their customer that they do not see: others' private ones, and
        what we have not sent yet."""
        named = Q(requester=self.contact) | Q(pk__in=self._named().values("ticket"))
        return self._of_customer().filter(Q(is_unsent=True) | Q(is_private=True) & ~named)

    def _seen(self) -> Q:
        seen = Q(requester=self.contact) | Q(_IsAmong("pk", self._named().values("ticket")))
        for rule in self.rules:
            seen |= Q(customer=self.contact.customer_id, is_private=False) & _adds(rule)
        return seen & Q(is_unsent=False)


def sight_of(contact: Contact) -> Sight:
    """Return what a contact sees. No query for a Super Admin, one for everybody else."""
    if contact.product_role == Contact.Role.SUPER_ADMIN:
        return Sight(contact, whole=True)
    rules = VisibilityRule.objects.in_force().filter(customer=contact.customer_id)
    theirs = tuple(rule for rule in rules.order_by("pk") if rule.names(contact))
    whole = any(rule.sees == Sees.COMPANY for rule in theirs)
    return Sight(contact, whole, () if whole else theirs)


def _adds(rule: VisibilityRule) -> Q:
    match rule.sees:
        case Sees.PRODUCT:
            return Q(product=rule.sees_is)
        case Sees.DEPARTMENT:
            who = Contact.objects.filter(department__iexact=rule.sees_is)
        case _:
            who = Contact.objects.filter(email__iendswith=f"@{rule.sees_is}")
    return Q(requester__in=who.filter(customer=rule.customer_id).values("pk"))
