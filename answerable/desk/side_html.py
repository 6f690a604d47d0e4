"""A side conversation as one entry of a timeline: folded, never like the ticket's own."""

from __future__ import annotations

from datetime import tzinfo
from html import escape

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.design.chips import drawing, time_element
from answerable.design.files import files_html
from answerable.design.links import linked
from answerable.desk.queries.sides import SideView
from answerable.lib import times
from answerable.tickets.beside import file_views
from answerable.tickets.doubts import side_doubt_words
from answerable.tickets.models import SideMessage


def side_html(side: SideView, label_id: str, zone: tzinfo) -> str:
    """Return a side conversation, folded, with times as this reader's wall shows them."""
    thread, said = side.thread, len(side.messages)
    count = ngettext("{count} message", "{count} messages", said).format(count=said)
    title = _("Side conversation with {people}: {subject}")
    words = title.format(people=side.people, subject=thread.subject)
    address = reverse("desk:side", args=[thread.ticket_id, thread.pk])
    lines = "".join(_line(side, message, zone) for message in side.messages)
    answer, hidden = _("Open and answer"), _("The customer does not see this.")
    opens = f'<a href="{address}">{escape(answer)}</a>'
    return (
        f'<div class="entry-head" id="{label_id}"><span class="entry-who">'
        f'<bdi>{escape(words)}</bdi></span> <span class="entry-word">'
        f"{escape(hidden)}</span></div>"
        f'<div class="entry-body"><details class="side-said"><summary>{escape(count)}</summary>'
        f"{lines}</details><p><dialog-link>{opens}</dialog-link></p></div>"
    )


def _line(side: SideView, message: SideMessage, zone: tzinfo) -> str:
    when = time_element(message.written_at, times.clock_time(message.written_at, zone))
    return (
        f'<div class="side-line"><p class="entry-head"><bdi class="entry-who">'
        f"{escape(message.author)}</bdi> {when}{state_html(message)}</p>"
        f'<div dir="auto">{linked(message.body)}</div>{side_files(side, message)}</div>'
    )


def state_html(message: SideMessage) -> str:
    """Return what is to be said of a message: who is not verified, whom it did not reach."""
    if message.doubt:
        words = _("Unverified sender: {why}").format(why=side_doubt_words(message))
    elif message.problem:
        words = _("Not delivered: {why}").format(why=message.problem)
    elif message.agent_id and not message.delivered_at:
        words = _("Sending")
        return f' <span class="entry-state">{escape(words)}</span>'
    else:
        return ""
    bad = f'<span class="entry-state entry-state--bad">{drawing("alert")}'
    return f" {bad}{escape(words)}</span>"


def side_files(side: SideView, message: SideMessage) -> str:
    """Return the files of a message, each with where it is found."""
    files = list(message.attachments.all())

    def address(number: int) -> str:
        return reverse("desk:side_file", args=[side.thread.ticket_id, side.thread.pk, number])

    return files_html(file_views(files, address)) if files else ""
