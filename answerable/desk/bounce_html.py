"""Below a reply that did not arrive: what that means, and what can be done instead."""

from __future__ import annotations

from html import escape

from django.urls import reverse
from django.utils.translation import gettext as _

from answerable.design.chips import drawing
from answerable.desk.queries.bounces import Sending, WaysOn
from answerable.tickets.models import Message


def bounced_html(sending: Sending | None, message: Message) -> str:
    """Return “This reply did not reach dana@…: mailbox full. The promise is not kept yet.” with
    the ways on (ux.md 8.4); "" where there is nothing left to do."""
    if sending is None or sending.ways_on is None:
        return ""
    words = _("This reply did not reach {address}: {why}.")
    said = words.format(address=sending.to, why=sending.why.rstrip("."))
    if sending.ways_on.is_promised:
        said += " " + _("The promise is not kept yet.")
    again, reply = _("Send to another address"), _("Reply")
    return (
        f'<bounced-reply class="entry-bounced" data-address="{escape(sending.to)}">'
        f"<p>{drawing('alert')}<span>{escape(said)}</span></p>"
        f'<div class="buttons">{_call(sending.ways_on, message)}'
        f'<button type="button" class="button button--small" data-again>'
        f"{escape(again)}</button></div>"
        f'<textarea hidden readonly aria-label="{escape(reply)}">'
        f"\n{escape(message.body)}</textarea></bounced-reply>"
    )


def _call(ways_on: WaysOn, message: Message) -> str:
    if not ways_on.phone:
        return ""
    address, words = reverse("desk:call_requester", args=[message.ticket_id]), _("Call instead")
    return (
        f'<button type="button" class="button button--small" data-call="{address}"'
        f' data-phone="{escape(ways_on.phone)}">{escape(words)}</button>'
    )
