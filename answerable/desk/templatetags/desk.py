"""Keys, and parts of pages that know whether they changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from html import escape

from django import template
from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language

from answerable.channels.email.enclosing import MOST_IN_MAIL
from answerable.desk.entry_html import entry_html
from answerable.desk.key_words import cap_names, is_of_mac
from answerable.desk.keys import KEYS, SCOPES
from answerable.desk.prints import print_of
from answerable.desk.queries.timeline import Entry
from answerable.desk.recipients import too_large as too_large_words
from answerable.lib.times import clock_time
from answerable.sla.words import said

register = template.Library()

# Commands for which scripts listen themselves: they act on rows and panes, not on one button.
BY_SCRIPT = ("down", "up", "open", "peek", "pick", "extend_down", "extend_up")


@register.filter
def plan_words(words: str) -> str:
    """Show what a plan says, in the reader's language."""
    return said(words)


@register.simple_tag
def mail_address() -> str:
    """Return the address to which customers write."""
    return str(settings.ANSWERABLE_MAIL_ADDRESS)


@register.simple_tag
def mail_most() -> int:
    """Return how many bytes of files a mail takes along."""
    return MOST_IN_MAIL


@register.simple_tag
def too_large(name: str = "") -> str:
    """Say what becomes of a file that is too large for a mail to somebody, or to several."""
    return too_large_words([name] if name else [])


@register.simple_tag(takes_context=True)
def key(context: Context, name: str) -> SafeString:
    """Bind an element to a command of the table, by the reader's own key."""
    return _bound(name, KEYS[name].bound_by(own_keys(context)), get_language())


@register.simple_tag(takes_context=True)
def cap(context: Context, name: str) -> SafeString:
    """Show a command's key beside the words of its button; nothing where it has none."""
    typed = KEYS[name].bound_by(own_keys(context))
    return _signs(typed, is_mac(context), get_language())


@register.simple_tag(takes_context=True)
def caps_of(context: Context, name: str) -> SafeString:
    """Show a command's key by itself."""
    return caps(context, KEYS[name].bound_by(own_keys(context)))


@register.simple_tag(takes_context=True)
def caps(context: Context, typed: str) -> SafeString:
    """Show the caps of a key that are pressed together or after each other."""
    return _caps(typed, is_mac(context), get_language())


@register.simple_tag(takes_context=True)
def key_help(context: Context) -> SafeString:
    """Show the dialog of all keys, with the reader's own."""
    own, mac = own_keys(context), is_mac(context)
    if own:
        return _help_of(own, context["single_keys"], mac=mac)
    return _help(context["single_keys"], mac, get_language())


@register.simple_tag(takes_context=True)
def script_keys(context: Context) -> SafeString:
    """Write what the desk's scripts listen for themselves, by the names of commands."""
    own = own_keys(context)
    listened = {name: KEYS[name].typed_by(own) for name in BY_SCRIPT}
    return json_script(listened, "desk-keys")


def own_keys(context: Context) -> Mapping[str, str]:
    """Return the keys that the reader of a page changed; none where nobody is known."""
    agent = getattr(context.get("request"), "agent", None)
    keys: Mapping[str, str] = agent.keys if agent else {}
    return keys


def is_mac(context: Context) -> bool:
    if "is_mac" in context:
        return bool(context["is_mac"])
    request = context.get("request")
    return request is not None and is_of_mac(request)


# What a key looks like depends on nothing but what is typed, the language and the keyboard, and
# every page of the desk shows some forty of them.
@lru_cache(maxsize=4096)
def _bound(name: str, typed: str, language: str | None) -> SafeString:
    pattern = 'data-key="{}" data-command="{}" data-key-label="{}"'
    return format_html(pattern, typed, name, KEYS[name].does)


@lru_cache(maxsize=4096)
def _caps(typed: str, mac: bool, language: str | None) -> SafeString:
    shown = [(name,) for name in cap_names(typed, is_mac=mac)]
    return format_html_join(" ", "<kbd>{}</kbd>", shown)


@lru_cache(maxsize=4096)
def _signs(typed: str, mac: bool, language: str | None) -> SafeString:
    shown = [(name,) for name in cap_names(typed, is_mac=mac, signs=True)]
    return format_html_join(" ", '<kbd aria-hidden="true">{}</kbd>', shown)


@cache
def _help(single_keys: str, mac: bool, language: str | None) -> SafeString:
    return _help_of({}, single_keys, mac=mac)


def _help_of(own: Mapping[str, str], single_keys: str, *, mac: bool) -> SafeString:
    scopes = [
        (scope.name, [(key.does, key.typed_by(own)) for key in scope.keys if key.typed])
        for scope in SCOPES
    ]
    context = {"scopes": scopes, "single_keys": single_keys, "is_mac": mac}
    return render_to_string("desk/parts/_help.html", context)


@register.simple_tag
def since(instant: datetime) -> SafeString:
    """Count up from an instant; without script the instant itself stands there."""
    time = clock_time(instant, get_current_timezone())
    return format_html('<since-time datetime="{}">{}</since-time>', instant.isoformat(), time)


@register.simple_tag
def entry_part(entry: Entry) -> SafeString:
    """Show an entry of a timeline, which is a part of its own."""
    return entry_html(entry, get_current_timezone())


@register.tag
def part(parser: Parser, token: Token) -> PartNode:
    """Wrap a part that pages fetch again: {% part "section" id="head" class="…" %}.

    Its `data-print` differs whenever it says something else, so that a page replaces no part
    that is as it was.
    """
    bits = token.split_contents()[2:]
    element = parser.compile_filter(token.split_contents()[1])
    attributes = token_kwargs(bits, parser)
    inner = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(element, attributes, inner)


class PartNode(template.Node):
    """Writes an element around its content, with the print of that content."""

    def __init__(
        self,
        element: FilterExpression,
        attributes: dict[str, FilterExpression],
        inner: NodeList,
    ) -> None:
        self.element = element
        self.attributes = [
            (name.replace("_", "-"), value) for name, value in attributes.items()
        ]
        self.inner = inner

    def render(self, context: Context) -> SafeString:
        inner = self.inner.render(context)
        named = [(name, value.resolve(context)) for name, value in self.attributes]
        attributes = "".join(
            f' {name}="{escape(str(value))}"'
            for name, value in named
            if value not in (None, "")
        )
        element, sum_ = self.element.resolve(context), print_of(inner + attributes)
        written = f'<{element}{attributes} data-print="{sum_}">{inner}</{element}>'
        return SafeString(written)  # What stands in it is escaped, here and by its template.
