"""Who takes part in a request, whom its reader may let see it, and what they may do with it."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.accounts.models import Contact
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.severities import offers_choice
from answerable.sla.actions.reclassifying import terms_held
from answerable.tickets.models import Claim, Participant, Ticket

OVER = (Ticket.State.RESOLVED, Ticket.State.REVIEW)


@dataclass(frozen=True, slots=True)
class People:
    """Those on a request, the colleagues who may be let in, and what the reader may do.

    `writes`: they may write on it and change it; `names`: say who sees it; `hides`: make it
    private; `worsens`: call it business-critical now.
    """

    taking_part: list[Participant]
    colleagues: list[Contact]
    writes: bool
    names: bool
    hides: bool
    worsens: bool


def people_on(ticket: Ticket, reader: Contact, claim: Claim | None) -> People:
    """Return the people of a request as a reader sees it. Two to four queries."""
    taking_part = list(ticket.participants.select_related("contact").order_by("pk"))
    is_mine = ticket.requester_id == reader.pk
    is_admin = reader.product_role == Contact.Role.SUPER_ADMIN
    takes_part = any(one.sees and one.contact_id == reader.pk for one in taking_part)
    writes = is_mine or is_admin or takes_part
    names = is_mine or (writes and not ticket.is_private)
    there = {one.contact_id for one in taking_part if one.sees} | {ticket.requester_id}
    return People(
        taking_part=[one for one in taking_part if one.sees or one.is_kept],
        colleagues=_colleagues(reader, there) if names else [],
        writes=writes,
        names=names,
        hides=is_mine,
        worsens=writes and claim is None and may_worsen(ticket),
    )


def may_worsen(ticket: Ticket) -> bool:
    """Say whether a request may be claimed now that has no claim: its plan has a rubric."""
    return ticket.state not in OVER and bool(rubric_of(terms_held(ticket)))


def rubric_of(terms: Terms | None) -> dict[str, str]:
    """Return what counts as business-critical under terms where that is claimed, by key."""
    if terms is None or offers_choice(terms):
        return {}
    return {phrase.key: phrase.says for phrase in terms.rubric}


def _colleagues(reader: Contact, there: set[int | None]) -> list[Contact]:
    colleagues = Contact.objects.filter(customer=reader.customer_id, left_at=None)
    return list(colleagues.exclude(pk__in=[key for key in there if key]).order_by("name"))
