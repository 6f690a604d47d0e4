"""Opens the ticket of whoever wrote a mail that somebody passed on.

Who wrote it is only its forwarder's word, so the message is not verified and says who vouches.
"""

from __future__ import annotations

from django.conf import settings

from answerable.accounts.models import Agent
from answerable.channels.email import ours
from answerable.channels.email.actions.opening import Wanted, opening
from answerable.channels.email.core.letter import Written
from answerable.channels.email.core.passing import LONGEST_NOTE, Passed
from answerable.channels.email.core.whose import Doubt
from answerable.channels.email.queries import Arrived, contacts_of
from answerable.tickets.actions import Sender


def by_agent(each: Arrived, agent: Agent) -> Wanted | None:
    """Return the ticket of the mail that an agent passes on; what they say of it is a note.

    None when they pass on nothing, or what we sent ourselves.
    """
    passed = each.reading.passed
    if passed is None or ours.is_own(passed.address):
        return None
    opens = opening(_original(passed, agent.name), each, passed.said, passed.subject)
    return Wanted(each, opens, agent, passed.note[:LONGEST_NOTE])


def by_contact(each: Arrived) -> Wanted | None:
    """Return the ticket of a colleague whose mail a contact passes on, where that is set.

    What the contact says of it stands above it, for they are no agent. Nobody passes on in the
    name of another customer, or of a stranger.
    """
    passed = each.reading.passed
    if settings.ANSWERABLE_MAIL_FORWARDS != "contacts" or each.contact is None:
        return None
    if passed is None or passed.attached:
        return None
    sender = _original(passed, each.contact.name)
    colleague = sender.contact
    if colleague is None or colleague.customer_id != each.contact.customer_id:
        return None
    said, note = passed.said, passed.note[:LONGEST_NOTE]
    body = f"{each.contact.name}: {note}\n\n{said.body}" if note else said.body
    opens = opening(sender, each, Written(body, said.folded), passed.subject)
    return Wanted(each, opens)


def _original(passed: Passed, forwarder: str) -> Sender:
    return Sender(
        contact=contacts_of([passed.address]).get(passed.address),
        name=passed.name or passed.address,
        email=passed.address,
        doubt=Doubt.FORWARDED.value,
        forwarded_by=forwarder,
    )
