"""Whether what was said on a ticket came from a machine, as its mail says of itself."""

from __future__ import annotations

from email.parser import BytesHeaderParser

from answerable.channels.email.core.automatic import Signs, why_automatic
from answerable.channels.email.inbound import InboundMail
from answerable.channels.email.raws import piece
from answerable.tickets.models import Message

HEAD = 64 * 1024


def wrote_by_machine(message: Message) -> str:
    """Return why the mail behind a message counts as a machine's, or nothing.

    What came by no mail was written by a person. Two queries at the most.
    """
    mail = InboundMail.objects.filter(ticket=message.ticket_id, message=message).first()
    if mail is None:
        return ""
    head = BytesHeaderParser().parsebytes(piece(mail, 0, HEAD))
    headers: dict[str, str] = {}
    for name, value in head.items():
        headers.setdefault(name.lower(), str(value))
    signs = Signs(
        headers=headers,
        content_type=head.get_content_type(),
        envelope_from=mail.envelope_from,
        sender=mail.sender,
        subject=mail.subject,
        is_own=False,
    )
    machine = why_automatic(signs)
    return machine.why if machine else ""
