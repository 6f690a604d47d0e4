"""An entry of a ticket's timeline as it stands in the page: not a template, as they are many.

A message has a head and a body, a mark is one line. Each is a part of its own: its print tells
a page that fetches the timeline again whether the entry says something else.
"""

from __future__ import annotations

from datetime import tzinfo
from html import escape

from django.urls import reverse
from django.utils import dateformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from answerable.design.chips import drawing, time_element
from answerable.design.files import as_written_html, files_html
from answerable.desk.bounce_html import bounced_html
from answerable.desk.marks import Mark
from answerable.desk.prints import print_of
from answerable.desk.queries.bounces import Sending
from answerable.desk.queries.timeline import Entry
from answerable.desk.segment_html import segment_html
from answerable.desk.side_html import side_html
from answerable.desk.words import seconds
from answerable.lib import times
from answerable.tickets.beside import file_views, frame_view, html_of, said_html
from answerable.tickets.doubts import doubt_words
from answerable.tickets.models import Doubt, Message


def entry_html(entry: Entry, zone: tzinfo) -> SafeString:
    """Return the element of an entry, with times as this reader's wall shows them."""
    css, labelled, inner = "mark-entry", "", _mark(entry, entry.mark, zone)
    if entry.message:
        css, labelled = entry.css, f' aria-labelledby="{entry.label_id}"'
        inner = _message(entry, entry.message, zone)
    elif entry.chat:
        css, labelled = "entry segment", f' aria-labelledby="{entry.label_id}"'
        inner = segment_html(entry.chat, entry.label_id, zone)
    elif entry.side:
        css, labelled = "entry entry--note", f' aria-labelledby="{entry.label_id}"'
        inner = side_html(entry.side, entry.label_id, zone)
    named = (
        f' id="{entry.dom_id}" class="{css}" tabindex="-1" data-kind="{entry.kind}"{labelled}'
        f' data-day="{entry.today}"'
    )
    named += " data-clock" if entry.is_clock else ""
    # Whether its day is said depends on the window that it stands in, and is no news.
    print_ = print_of(inner + named)
    inner = _day(entry) + inner
    written = f'<article{named} data-print="{print_}">{inner}</article>'
    return SafeString(written)  # Every text in it is escaped.


def _message(entry: Entry, message: Message, zone: tzinfo) -> str:
    when = time_element(entry.at, times.clock_time(entry.at, zone), css="entry-when")
    head = f'<span class="entry-who">{escape(message.author)}</span>{_sort(entry)} {when}'
    verified = "" if message.verified else _doubt(message)
    delivery = _delivery(entry, message, zone) if entry.is_ours else _splits(entry, message)
    return (
        f'<div class="entry-head" id="{entry.label_id}">{head}{verified}{delivery}'
        f"{_removes(message)}</div>"
        f'<div class="entry-body" dir="auto">{_said(message)}{_files(entry, message)}</div>'
        f"{bounced_html(entry.sending, message)}"
    )


def _splits(entry: Entry, message: Message) -> str:
    """Offer to make a ticket of its own of what a customer added."""
    if not entry.may_split:
        return ""
    address = reverse("desk:split", args=[message.ticket_id, message.pk])
    words = _("Split off")
    link = f'<a class="entry-act" href="{address}">{escape(words)}</a>'
    return f" <dialog-link>{link}</dialog-link>"


def _removes(message: Message) -> str:
    """Offer to take something out of a message for good."""
    address = reverse("desk:remove_from", args=[message.ticket_id, message.pk])
    words = escape(_("Remove…"))
    return f' <dialog-link><a class="entry-act" href="{address}">{words}</a></dialog-link>'


def _said(message: Message) -> str:
    """Return what a message says: its text, and where it has one its look as it was written."""
    text = said_html(message) + _folded(message)
    body = html_of(message)
    if body is None:
        return text
    address = reverse("desk:written", args=[message.ticket_id, message.pk])
    frame = frame_view(message, body, address)
    return as_written_html(frame, text, is_first=body.is_rich)


def _files(entry: Entry, message: Message) -> str:
    if not entry.files:
        return ""

    def address(number: int) -> str:
        return reverse("desk:file", args=[message.ticket_id, number])

    return files_html(file_views(entry.files, address))


def _mark(entry: Entry, mark: Mark | None, zone: tzinfo) -> str:
    if mark is None:
        return ""
    when = time_element(entry.at, seconds(entry.at, zone))
    tone = f" mark--{mark.tone}" if mark.tone else ""
    said = f"<span>{escape(mark.text)}</span>"
    if mark.leads:
        said = f'<a href="{escape(mark.leads)}">{escape(mark.text)}</a>'
    return f'<p class="mark{tone}">{when}{drawing(mark.icon)}{said}</p>'


def _day(entry: Entry) -> str:
    if entry.day is None:
        return ""
    day = dateformat.format(entry.day, _("D j F"))
    return f'<p class="day"><span>{escape(day)}</span></p>'


def _sort(entry: Entry) -> str:
    if entry.kind == Message.Kind.NOTE:
        words = _("Internal note")
        return f' <span class="entry-word">{escape(words)}</span>'
    return _state(_("Notice")) if entry.kind == Message.Kind.NOTICE else ""


def _doubt(message: Message) -> str:
    """Say who is not verified and why; what an agent forwards is no alarm."""
    if message.doubt == Doubt.FORWARDED:
        return _state(_("Forwarded: {why}").format(why=doubt_words(message)))
    return _alert(_("Unverified sender: {why}").format(why=doubt_words(message)))


def _delivery(entry: Entry, message: Message, zone: tzinfo) -> str:
    if entry.sending:
        return _alert(_wrong(entry.sending, message, zone))
    if message.delivered_at:
        time = seconds(message.delivered_at, zone)
        return _state(_("Delivered {time}").format(time=time))
    if message.leaves_at:
        held = round((message.leaves_at - message.written_at).total_seconds())
        return _state(_("Held {seconds} s").format(seconds=held))
    return _state(_("Sending"))


def _wrong(sending: Sending, message: Message, zone: tzinfo) -> str:
    """Return that a mail came back, was not taken, or waits for another try, and why."""
    if sending.next_try_at:
        time = seconds(sending.next_try_at, zone)
        words = _("Not sent yet, next try {time}: {why}")
        return words.format(time=time, why=sending.why)
    if message.delivered_at:
        return _("Bounced: {why}").format(why=sending.why)
    return _("Not delivered: {why}").format(why=sending.why)


def _folded(message: Message) -> str:
    if not message.folded:
        return ""
    words, folded = _("Show quoted text"), escape(message.folded)
    return f'<details class="folded"><summary>{escape(words)}</summary>{folded}</details>'


def _state(words: str) -> str:
    return f' <span class="entry-state">{escape(words)}</span>'


def _alert(words: str) -> str:
    start = f'<span class="entry-state entry-state--bad">{drawing("alert")}'
    return f" {start}{escape(words)}</span>"
