"""Opens the ticket of whoever wrote a mail that somebody passed on.

Who wrote it is only its forwarder's word, so the message is not verified and says who vouches.
"""

from __future__ import annotations

from django.conf import settings

from answerable.accounts.models import Agent
from answerable.channels.email import ours
from answerable.channels.email.actions.opening import Wanted, opening
from answerable.channels.email.core.forward import Forwarded
from answerable.channels.email.core.letter import Written
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.passing import (
    as_written,
    attached_mail,
    note_of,
    passed_on,
)
from answerable.channels.email.core.tree import parsed
from answerable.channels.email.core.whose import Doubt
from answerable.channels.email.queries import Arrived, contacts_of
from answerable.channels.email.readers import readers
from answerable.tickets.actions import Sender


def by_agent(each: Arrived, agent: Agent) -> Wanted | None:
    """Return the ticket of the mail that an agent passes on; what they say of it is a note.

    None when they pass on nothing, or what we sent ourselves.
    """
    passed = passed_on(each.says, _attached(each))
    if passed is None or ours.is_own(passed.sender.address):
        return None
    opens = opening(_original(passed, agent.name), each, as_written(passed), passed.subject)
    return Wanted(each, opens, agent, note_of(passed))


def by_contact(each: Arrived) -> Wanted | None:
    """Return the ticket of a colleague whose mail a contact passes on, where that is set.

    What the contact says of it stands above it, for they are no agent. Nobody passes on in the
    name of another customer, or of a stranger.
    """
    if settings.ANSWERABLE_MAIL_FORWARDS != "contacts" or each.contact is None:
        return None
    passed = passed_on(each.says)
    if passed is None:
        return None
    sender = _original(passed, each.contact.name)
    colleague = sender.contact
    if colleague is None or colleague.customer_id != each.contact.customer_id:
        return None
    said, note = as_written(passed), note_of(passed)
    body = f"{each.contact.name}: {note}\n\n{said.body}" if note else said.body
    opens = opening(sender, each, Written(body, said.folded), passed.subject)
    return Wanted(each, opens)


def _attached(each: Arrived) -> Mail | None:
    raw = attached_mail(parsed(bytes(each.mail.raw)))
    return readers.read([raw])[0] if raw else None


def _original(passed: Forwarded, forwarder: str) -> Sender:
    address = passed.sender.address.lower()
    return Sender(
        contact=contacts_of([address]).get(address),
        name=passed.sender.name or address,
        email=address,
        doubt=Doubt.FORWARDED.value,
        forwarded_by=forwarder,
    )
