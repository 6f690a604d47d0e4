"""Django's `i18n`, but that it looks up the words that a template says once a language.

The settings put it in the place of Django's. A page says some sixty words, and each look-up
goes through a lazy string, two catalogues and the filters of output.
"""

from __future__ import annotations

from django.template import Context, Library
from django.template.base import Node, Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language

register = Library()
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters


class Said(Node):
    """Words that are the same on every page of a language."""

    def __init__(self, words: Node) -> None:
        self.words = words
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Return the words in the reader's language."""
        language = get_language()
        if language not in self.said:
            self.said[language] = self.words.render(context)
        return self.said[language]


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Say words in the reader's language, as Django's tag does."""
    node = i18n.do_translate(parser, token)
    _, words, *options = token.split_contents()
    return node if options or words[0] not in "'\"" or "|" in words else Said(node)
