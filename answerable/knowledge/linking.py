"""Judges the links of articles: those to our own pages here, those of the web by asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy

from answerable.knowledge.models import ArticleFile, ArticleText, OldAddress
from answerable.knowledge.rendering import anchors_of, rendered
from answerable.lib.outbound import words as outbound
from answerable.lib.outbound.client import Answer, Ask, client
from answerable.lib.outbound.words import Refused, Unfetched

HELP = "/help/"
WORDS = {
    "no_article": gettext_lazy("There is no article at {target}."),
    "removed": gettext_lazy("“{title}” was removed."),
    "no_heading": gettext_lazy("“{title}” has no heading for #{anchor}."),
    "no_file": gettext_lazy("The file is not there any more."),
    "no_page": gettext_lazy("We have no page at {target}."),
    "relative": gettext_lazy("Write an address that begins with https:// or with /."),
    "http": gettext_lazy("This link is not encrypted. Write https, where the page has it."),
    "gone": gettext_lazy("{host} says that there is no such page ({status})."),
}
# What many sites answer a program that they take for a robot: no news of the page.
SAYS_NOTHING = {401, 403, 405, 406, 429, 451, 999}
# Where HEAD is not answered as it should be, the page itself is asked for.
ASK_AGAIN = {301, 302, 303, 307, 308, 400, 403, 404, 405, 406, 500, 501, 503}
MOST_BYTES, SECONDS = 500_000, 15.0
UNSAID = ("mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Judged:
    """What is wrong with a link: nothing without a reason."""

    reason: str = ""
    values: Mapping[str, str] | None = None


FINE = Judged()


def why(reason: str, values: Mapping[str, str]) -> str:
    """Return what is wrong with a link in words, in the reader's language."""
    if reason in WORDS:
        return str(WORDS[reason]).format(**values)
    return outbound.why(reason, values)


def is_outside(target: str) -> bool:
    """Say whether a link leads to another site."""
    return target.lower().startswith(("https://", "http://")) and not _is_ours(target)


class Inside:
    """Our own addresses, as they are now: asked for many links, it reads each table once."""

    def judged(self, text: ArticleText, target: str) -> Judged:
        """Return what is wrong with a link of a text to one of our own pages."""
        if target.lower().startswith(UNSAID):
            return FINE
        if target.startswith("file:"):
            number = target.removeprefix("file:")
            known = number.isdecimal() and int(number) in self._files
            return FINE if known else Judged("no_file")
        path, _mark, anchor = (_path(target) if _is_ours(target) else target).partition("#")
        if not path:
            return self._heading(text, anchor)
        if not path.startswith("/"):
            return Judged("relative")
        return self._page(path.partition("?")[0], unquote(anchor), target)

    def _page(self, path: str, anchor: str, target: str) -> Judged:
        parts = path.strip("/").split("/")
        if path.startswith(HELP) and len(parts) == 3:
            return self._article(parts[1], unquote(parts[2]), anchor, target)
        try:
            resolve(path)
        except Resolver404:
            return Judged("no_page", {"target": target})
        return FINE

    def _article(self, language: str, slug: str, anchor: str, target: str) -> Judged:
        text = self._texts.get((language, slug))
        if text is None and (language, slug) in self._old:
            return FINE  # It leads on.
        if text is None or text.current is None:
            return Judged("no_article", {"target": target})
        if text.article.removed_at:
            return Judged("removed", {"title": text.current.title})
        return self._heading(text, anchor)

    def _heading(self, text: ArticleText, anchor: str) -> Judged:
        if not anchor or text.current is None:
            return FINE
        known = {heading.anchor for heading in rendered(text.current).headings}
        source = text.current.source
        if anchor in known or (source and anchor in anchors_of(source.body)):
            return FINE
        return Judged("no_heading", {"title": text.current.title, "anchor": anchor})

    @cached_property
    def _texts(self) -> Mapping[tuple[str, str], ArticleText]:
        texts = ArticleText.objects.select_related("article", "current__source")
        return {(text.language, text.slug): text for text in texts}

    @cached_property
    def _old(self) -> set[tuple[str, str]]:
        return set(OldAddress.objects.values_list("language", "slug"))

    @cached_property
    def _files(self) -> set[int]:
        return set(ArticleFile.objects.values_list("pk", flat=True))


def asked(target: str) -> Judged:
    """Ask another site for a page, as little as will tell, and return what is wrong with it."""
    if target.lower().startswith("http://"):
        return Judged("http")
    try:
        answer = _answered(target)
    except Refused:
        return FINE  # What we may not ask, we say nothing about.
    except Unfetched as error:
        is_there = error.reason in ("big", "type")
        return FINE if is_there else Judged(error.reason, error.values)
    if answer.status < 400 or answer.status in SAYS_NOTHING:
        return FINE
    values = {"host": urlsplit(target).hostname or "", "status": str(answer.status)}
    return Judged("gone" if answer.status in (404, 410) else "status", values)


def _answered(target: str) -> Answer:
    url = target.partition("#")[0]
    ask = Ask(url, method="HEAD", most_bytes=MOST_BYTES, seconds=SECONDS)
    try:
        answer = client().fetch(ask)
    except Refused:
        raise
    except Unfetched:
        # Some servers hang up on what they do not know.
        return client().fetch(Ask(url, most_bytes=MOST_BYTES, seconds=SECONDS))
    if answer.status in ASK_AGAIN:
        return client().fetch(Ask(url, most_bytes=MOST_BYTES, seconds=SECONDS))
    return answer


def _is_ours(target: str) -> bool:
    return target.lower().startswith(settings.ANSWERABLE_URL.lower() + "/")


def _path(target: str) -> str:
    return target[len(settings.ANSWERABLE_URL) :]
