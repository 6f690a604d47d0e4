"""Names of languages, for the help centre's pages."""

from __future__ import annotations

from django import template

from answerable.help import languages

register = template.Library()


@register.filter
def own_name(language: str) -> str:
    """Return what a language calls itself."""
    return languages.own_name(language)


@register.filter
def name_here(language: str) -> str:
    """Return what a language is called in the page's."""
    return languages.name_here(language)
