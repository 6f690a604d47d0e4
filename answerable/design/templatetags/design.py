"""The words and elements that every template may use without loading anything."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from answerable.design import links
from answerable.design.chips import counting_chip, drawing, due_element, stated_chip
from answerable.design.files import Attaching, WaitingView, waiting_html
from answerable.design.icons import ICONS
from answerable.design.states import chip
from answerable.design.words import browser_words
from answerable.lib import times

register = template.Library()
ELEMENTS = "design/elements"
THEMES = {"light", "dark"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon: with a label it is an image of that name, without one it is decoration."""
    if not label:
        return drawing(name)
    inner = mark_safe(ICONS[name])  # noqa: S308 — drawings of our own, no outside text
    svg = '<svg class="icon" viewBox="0 0 16 16" role="img" aria-label="{}">{}</svg>'
    return format_html(svg, label, inner)


@register.simple_tag
def words() -> SafeString:
    """Hand the scripts their words, as data that no policy has to allow."""
    return _words_in(get_language())


@cache
def _words_in(language: str | None) -> SafeString:
    return json_script(browser_words(), "words")


@register.simple_tag
def server_now() -> int:
    """Return the server's clock in milliseconds, from which browsers measure their offset."""
    return int(timezone.now().timestamp() * 1000)


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """Return the reader's choice of theme, or nothing for the system's."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.simple_tag(takes_context=True)
def here(context: Context, url: str, *, inside: bool = False) -> SafeString:
    """Mark a link to this page, or with inside=True to the part of the site it is in."""
    request = context.get("request")
    path = request.path if request else ""
    if path == url:
        return mark_safe(' aria-current="page"')
    return (
        mark_safe(' aria-current="true"') if inside and path.startswith(url) else SafeString()
    )


@register.inclusion_tag(f"{ELEMENTS}/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show a form's field with its label, hint and error, tied together for screen readers."""
    return {"field": bound, "kind": kind_of(bound)}


def kind_of(bound: BoundField) -> str:
    """Return how a field is laid out: a box to tick, a set of choices, or one control."""
    if bound.use_fieldset:
        return "choices"
    return "check" if bound.widget_type == "checkbox" else "control"


@register.inclusion_tag(f"{ELEMENTS}/error_summary.html")
def error_summary(form: BaseForm, ident: str = "problem") -> dict[str, Any]:
    """List what stands in the way of sending a form, each linked to its field."""
    return {"form": form, "id": ident}


@register.inclusion_tag(f"{ELEMENTS}/attach.html")
def attach(attaching: Attaching, ident: str) -> dict[str, Any]:
    """Let files be attached to what a form sends, and list those that wait for it."""
    return {"attaching": attaching, "id": ident}


@register.simple_tag
def waiting(file: WaitingView) -> SafeString:
    """Show a file that waits to be sent."""
    return waiting_html(file)


@register.simple_tag
def clock_chip(
    state: str,
    due: datetime | None = None,
    at: datetime | None = None,
    turns: datetime | None = None,
) -> SafeString:
    """Show a clock's state. `at`: when it starts or was met. `turns`: when it changes next."""
    now, zone = timezone.now(), timezone.get_current_timezone()
    shown = chip(state, due, at, now=now, zone=zone)
    if shown.counts and due:
        return counting_chip(state, due, turns, now, zone)
    return stated_chip(state, shown.words)


@register.simple_tag
def due_time(due: datetime, reader: str = "agent", turns: datetime | None = None) -> SafeString:
    """Count down to an instant, in the words of an agent or of a customer."""
    words = customer_due if reader == "customer" else agent_left
    return due_element(due, turns, words(due), reader)


@register.simple_tag
def promise(due: datetime, turns: datetime | None = None) -> SafeString:
    """Show a customer the guaranteed time of a reply, with the shield."""
    words, counted = _("Guaranteed reply"), due_time(due, "customer", turns)
    return format_html(
        '<p class="promise">{}<span>{} {}</span></p>', drawing("shield"), words, counted
    )


@register.inclusion_tag(f"{ELEMENTS}/aim.html")
def aim(due: datetime) -> dict[str, Any]:
    """Show a customer a best-effort time, with the dashed clock and without a countdown."""
    return {"due": due}


@register.inclusion_tag(f"{ELEMENTS}/estimate.html")
def estimate(minutes: int) -> dict[str, Any]:
    """Show what usually happens, with the plain clock."""
    return {"minutes": minutes}


@register.simple_tag
def time(instant: datetime) -> SafeString:
    """Show an instant in the reader's zone, as short as it can be without doubt.

    Not a template: a list shows hundreds of these.
    """
    zone = timezone.get_current_timezone()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        instant.astimezone(zone).isoformat(),
        times.in_full(instant, zone),
        times.moment(instant, timezone.now(), zone),
    )


@register.filter
def linked(text: str) -> SafeString:
    """Show a text with its addresses as links."""
    return links.linked(text)


@register.filter
def customer_due(due: datetime, now: datetime | None = None) -> str:
    return times.customer_due(due, now or timezone.now(), timezone.get_current_timezone())


@register.filter
def customer_by(due: datetime, now: datetime | None = None) -> str:
    return times.customer_by(due, now or timezone.now(), timezone.get_current_timezone())


@register.filter
def customer_moment(instant: datetime, now: datetime | None = None) -> str:
    return times.customer_moment(
        instant, now or timezone.now(), timezone.get_current_timezone()
    )


@register.filter
def agent_left(due: datetime, now: datetime | None = None) -> str:
    return times.agent_left(due, now or timezone.now(), timezone.get_current_timezone())


@register.filter
def moment(instant: datetime, now: datetime | None = None) -> str:
    return times.moment(instant, now or timezone.now(), timezone.get_current_timezone())


@register.filter
def clock_time(instant: datetime) -> str:
    return times.clock_time(instant, timezone.get_current_timezone())


@register.filter
def with_offset(instant: datetime) -> str:
    return times.with_offset(instant, timezone.get_current_timezone())


@register.filter
def clock_seconds(instant: datetime) -> str:
    """Return “15:10:02”, where a page tells to the second."""
    return f"{instant.astimezone(timezone.get_current_timezone()):%H:%M:%S}"
