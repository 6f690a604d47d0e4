"""A chat as one entry of a ticket's timeline: when it was, and what was said line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.channels.chat.models import Chat, ChatEntry
from answerable.design.chips import drawing, time_element
from answerable.desk.queries.segments import Segment
from answerable.lib import times

# How many lines of a chat stand open in a timeline; those before them are folded.
SHOWN = 20
TO = "\N{EN DASH}"
Line = Mapping[str, Any]


def segment_html(segment: Segment, label_id: str, zone: tzinfo) -> str:
    """Return the head of a chat and its lines, with times as this reader's wall shows them."""
    lines = [_line(line, segment, zone) for line in segment.lines if line["html"]]
    earlier, shown = lines[:-SHOWN], lines[-SHOWN:]
    body = _folded(earlier) + "".join(shown)
    inner = f'<div class="entry-body segment-lines">{body}</div>' if body else ""
    return f'<div class="entry-head" id="{label_id}">{_head(segment, zone)}</div>{inner}'


def _head(segment: Segment, zone: tzinfo) -> str:
    chat = segment.chat
    begun = time_element(chat.asked_at, times.clock_time(chat.asked_at, zone))
    when = f'<span class="entry-when">{begun} {TO} {_end(chat, zone)}</span>'
    count = ngettext("{count} line", "{count} lines", segment.count).format(count=segment.count)
    words = _("Open the chat") if chat.ended_at is None else _("Read it by itself")
    address = reverse("desk:chat", args=[chat.key])
    who = f'<span class="entry-who">{drawing("chat")}{escape(_("Chat"))}</span>'
    return (
        f'{who} {when} <span class="entry-state">{escape(count)}</span>'
        f' <a href="{address}">{escape(words)}</a>'
    )


def _end(chat: Chat, zone: tzinfo) -> str:
    if chat.ended_at is not None:
        return time_element(chat.ended_at, times.clock_time(chat.ended_at, zone))
    return escape(_("goes on") if chat.agent else _("waits in line"))


def _line(line: Line, segment: Segment, zone: tzinfo) -> str:
    at = datetime.fromisoformat(line["at"])
    when = time_element(at, times.clock_time(at, zone))
    if line["kind"] != ChatEntry.Kind.SAID:
        return (
            f'<p class="segment-line segment-line--event">{when}<span>{line["html"]}</span></p>'
        )
    said = escape(_("Deleted")) if line["deleted"] else line["html"] + _files(line["files"])
    edited = line["seq"] in segment.edited and not line["deleted"]
    mark = f' <span class="entry-state">{escape(_("edited"))}</span>' if edited else ""
    css = "segment-line segment-line--ours" if line["mine"] else "segment-line"
    name = f'<bdi class="segment-who">{escape(line["name"])}</bdi>'
    return (
        f'<p class="{css}">{when}<span>{name} <span dir="auto">{said}</span>{mark}</span></p>'
    )


def _files(files: Sequence[Line]) -> str:
    def link(file: Line) -> str:
        name = escape(file["name"])
        if file["held"]:
            return f'{name} <span class="entry-state">{escape(file["held"])}</span>'
        return f'<a href="{escape(file["address"])}">{name}</a>'

    icon = drawing("paperclip")
    return "".join(f' <span class="segment-file">{icon}{link(file)}</span>' for file in files)


def _folded(lines: Sequence[str]) -> str:
    if not lines:
        return ""
    words = ngettext("{count} earlier line", "{count} earlier lines", len(lines)).format(
        count=len(lines)
    )
    inner = f"<summary>{escape(words)}</summary>{''.join(lines)}"
    return f'<details class="folded segment-earlier">{inner}</details>'
