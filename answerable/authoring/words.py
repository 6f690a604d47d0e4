"""The words of this room: languages by their own names, and the states of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy

from answerable.knowledge.models import Article, ArticleText

CODE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")
# The states that a text can be in; the official text has no others than the first three.
NONE, UNPUBLISHED, WRITTEN = "none", "unpublished", "written"
MACHINE, CHECKED = "machine", "checked"
STATES = {
    NONE: gettext_lazy("not translated"),
    UNPUBLISHED: gettext_lazy("not published"),
    WRITTEN: gettext_lazy("written by a person"),
    MACHINE: gettext_lazy("by software, not checked"),
    CHECKED: gettext_lazy("by software, checked"),
}
NEEDS = {
    "review": gettext_lazy("Review is due"),
    "outdated": gettext_lazy("A translation is outdated"),
    "unchecked": gettext_lazy("By software, not checked"),
    "links": gettext_lazy("A link leads nowhere"),
    "unhelpful": gettext_lazy("Found unhelpful"),
    "owner": gettext_lazy("Nobody owns it"),
}
FACTS = {
    "added": gettext_lazy("Added"),
    "category": gettext_lazy("Category"),
    "owner": gettext_lazy("Owner"),
    "review_on": gettext_lazy("Review"),
    "products": gettext_lazy("Products"),
    "available": gettext_lazy("Available with"),
    "plans": gettext_lazy("Readers"),
    "removed": gettext_lazy("Removed"),
    "restored": gettext_lazy("Restored"),
}


def is_language(code: str) -> bool:
    """Say whether a word can be the code of a language."""
    return CODE.fullmatch(code) is not None


def language_name(code: str) -> str:
    """Return a language by its own name: “Deutsch”; its code where none is known."""
    info = LANG_INFO.get(code) or LANG_INFO.get(code.partition("-")[0]) or {}
    name = str(info.get("name_local", code))
    return name[:1].upper() + name[1:]


def ours() -> list[str]:
    """Return the languages of our pages, the first ones that articles are translated into."""
    return [code for code, _name in settings.LANGUAGES]


def language_choices(more: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return languages to choose from: those of our pages first, then all that have a name."""
    first = list(dict.fromkeys([*ours(), *more]))
    others = sorted(code for code in LANG_INFO if is_language(code) and code not in first)
    return [(code, language_name(code)) for code in [*first, *others]]


def state_of(article: Article, text: ArticleText | None) -> str:
    """Return the state of a text, by a word of STATES."""
    if text is None:
        return NONE
    version = text.current
    if version is None:
        return UNPUBLISHED
    if text.language == article.official:
        return WRITTEN
    if version.by_software:
        return MACHINE
    return CHECKED if version.checked_at else WRITTEN


def is_outdated(text: ArticleText | None, official: ArticleText | None) -> bool:
    """Say whether a translation says an older version than readers of the official text see."""
    if text is None or text.current is None or text.current.source_id is None:
        return False
    return official is not None and text.current.source_id != official.current_id
