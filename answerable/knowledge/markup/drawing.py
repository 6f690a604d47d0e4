"""How the parts of an article are written in HTML, where that is not markdown-it's way."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext as _
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from answerable.knowledge.markup.values import Block

Env = MutableMapping[str, Any]
# They stand for places in the HTML, and are taken out of what anybody writes.
OPEN, CLOSE = "\ue000", "\ue001"


class Drawing(RendererHTML):
    """Writes tokens as HTML. What is filled later is kept in `env["blocks"]`."""

    def place(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Leave a place for what depends on the reader."""
        meta = tokens[idx].meta
        return f"<div>{_mark(env, Block(meta['kind'], meta['value']))}</div>\n"

    def lang_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env
    ) -> str:
        """Begin a part in another language; so are the words that we add to it."""
        language = str(tokens[idx].attrs["lang"])
        env.setdefault("languages", []).append(language)
        return f'<div lang="{language}">\n'

    def lang_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env
    ) -> str:
        """End it."""
        env["languages"].pop()
        return "</div>\n"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Show a picture or video of ours; what is on another server is a link to it."""
        token = tokens[idx]
        source = str(token.attrs.get("src", ""))
        words = self.renderInlineAsText(token.children or [], options, env)
        if source.startswith("file:"):
            return _mark(env, Block("file", source.removeprefix("file:"), words))
        host = urlsplit(source).hostname
        if not host:
            return escape(words)
        label = escape(words or host)
        return (
            f'<a class="elsewhere" href="{escape(source)}">{label} '
            f'<span class="elsewhere-host">{escape(host)}</span></a>'
        )

    def blockquote_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env
    ) -> str:
        """Open a callout, or what is only a quotation."""
        kind = tokens[idx].meta.get("callout")
        if kind is None:
            return "<blockquote>\n"
        title = escape(_in_its_language(env, lambda: _callouts()[kind]))
        return (
            f'<div class="callout callout--{kind}" role="note" aria-label="{title}">'
            f'<p class="callout-title">{title}</p>\n'
        )

    def blockquote_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env
    ) -> str:
        """Close it again."""
        return "</div>\n" if "callout" in tokens[idx].meta else "</blockquote>\n"

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env
    ) -> str:
        """Let a table scroll inside its own region, which can be reached by keyboard."""
        number = _next(env, "tables")
        label = _in_its_language(env, lambda: _("Table {number}").format(number=number))
        return (
            '<div class="table-scroll" role="region" tabindex="0" '
            f'aria-label="{escape(label)}"><table class="table">\n'
        )

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env
    ) -> str:
        """Close it again."""
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Align a cell by its class: a style would be dropped."""
        style = str(tokens[idx].attrs.get("style", "")).removeprefix("text-align:")
        named = f' class="cell--{style}"' if style in {"right", "center"} else ""
        return f"<{tokens[idx].tag}{named}>"

    td_open = th_open

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Show code, which scrolls inside its own box."""
        number = _next(env, "codes")
        label = _in_its_language(env, lambda: _("Code {number}").format(number=number))
        return (
            f'<pre class="code" role="group" tabindex="0" aria-label="{escape(label)}">'
            f"<code>{escape(tokens[idx].content)}</code></pre>\n"
        )

    code_block = fence


def _in_its_language(env: Env, say: Callable[[], str]) -> str:
    """Say something in the language of the part of the article that it stands in."""
    inside = env.get("languages")
    if not inside:
        return say()
    with translation.override(inside[-1]):
        return say()


def _callouts() -> dict[str, str]:
    return {
        "note": _("Note"),
        "tip": _("Tip"),
        "important": _("Important"),
        "warning": _("Warning"),
        "caution": _("Caution"),
    }


def _mark(env: Env, block: Block) -> str:
    blocks: list[Block] = env.setdefault("blocks", [])
    blocks.append(block)
    return f"{OPEN}{len(blocks) - 1}{CLOSE}"


def _next(env: Env, what: str) -> int:
    env[what] = int(env.get(what, 0)) + 1
    return int(env[what])
