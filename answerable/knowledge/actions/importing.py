"""Takes in articles of another help centre. Taken again, what did not change stays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.knowledge.actions.bringing import Bringing, Fetch, bring_facts, pictured
from answerable.knowledge.actions.drafts import Written, begin_draft, keep_draft
from answerable.knowledge.actions.facts import add_article
from answerable.knowledge.actions.moving import lead_on
from answerable.knowledge.actions.publishing import (
    Empty,
    NoOfficialText,
    Origin,
    TooLong,
    begin_text,
    publish_article,
)
from answerable.knowledge.actions.shelving import shelves_for
from answerable.knowledge.core.imported import Imported, Read, linked_ident
from answerable.knowledge.core.links import Link, rewritten
from answerable.knowledge.core.slugs import slug_of
from answerable.knowledge.models import (
    Article,
    ArticleText,
    ArticleVersion,
    Category,
    ImportedText,
    OldAddress,
)

NEW, CHANGED, SAME, KEPT, DRAFT, REFUSED = "new", "changed", "same", "kept", "draft", "refused"
EDITED_HERE = (
    "It was changed here since it was taken, and stays as it is. --over takes it anew."
)
NO_WRITER = "It is to be a draft, and there is nobody whose draft it could be. Name them: --as"
NO_OFFICIAL = "The text that it translates was not published."
NO_WORDS = "It has no words."
TOO_LONG = "It is longer than an article may be."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article in one language, and what is otherwise than it was there."""

    name: str
    what: str
    address: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class How:
    """Who imports, whose drafts are made, and whether what was changed here is written over."""

    by: Agent | None = None
    over: bool = False
    fetch: Fetch | None = None
    told: Callable[[int], None] = field(default=lambda done: None)


def import_articles(found: Read, how: How, *, at: datetime) -> list[Outcome]:
    """Take in all that was read, an article at a time, and return what became of each text.

    An article is taken with all its languages, or not at all; what was taken stays when a later
    one is refused or the import is ended.
    """
    shelves = shelves_for(found.shelves, [article.category for article in found.articles])
    groups: dict[str, list[Imported]] = {}
    for one in found.articles:
        groups.setdefault(one.ident, []).append(one)
    ordered = {
        ident: sorted(texts, key=lambda one: (one.language != one.official, one.language))
        for ident, texts in groups.items()
    }
    # First all have their addresses, so that each can lead to the others.
    places = {
        ident: _placed(texts, shelves.get(texts[0].category), how, at)
        for ident, texts in ordered.items()
    }
    outcomes: list[Outcome] = []
    done = 0
    for ident, texts in ordered.items():
        outcomes += _taken(texts, _Import(places, ident, how, at))
        how.told(done := done + len(texts))
    return outcomes


@dataclass(frozen=True, slots=True)
class _Place:
    article: Article
    texts: Mapping[str, ArticleText]
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Import:
    """An article that is being taken, among those that are taken with it."""

    places: Mapping[str, _Place]
    ident: str
    how: How
    at: datetime

    @property
    def place(self) -> _Place:
        return self.places[self.ident]

    def led(self, article: Imported) -> str:
        """Return a body whose links lead to where the other articles are now."""

        def lead(link: Link) -> str:
            named = linked_ident(link.target)
            place = self.places.get(named[0]) if named else None
            if named is None or place is None:
                return link.target
            texts = place.texts
            text = texts.get(article.language) or next(iter(texts.values()))
            anchor = f"#{named[1]}" if named[1] else ""
            return f"/help/{text.language}/{text.slug}/{anchor}"

        return rewritten(article.body, lead)


@transaction.atomic
def _placed(
    texts: Sequence[Imported], category: Category | None, how: How, at: datetime
) -> _Place:
    """Return where an article stands, which was taken before, or is new."""
    first = texts[0]
    article = _known(first)
    is_new = article is None
    if article is None:
        key = first.key or slug_of(first.slug or first.title)
        begun = min(first.updated or at, at)
        article = add_article(key, official=first.official, by=how.by, at=begun)
    if is_new or not all(map(_is_taken, texts)):
        bring_facts(article, first, Bringing(category, is_new, how.by, at))
    begun_texts = {
        one.language: begin_text(article, one.language, slug_of(one.slug or one.title))
        for one in texts
    }
    return _Place(article, begun_texts, is_new)


def _known(article: Imported) -> Article | None:
    """Return the article that was taken from there before, or that has the key it names."""
    taken = ImportedText.objects.filter(source=article.source, ident=article.ident)
    before = taken.select_related("text__article").first()
    if before:
        return before.text.article
    return Article.objects.filter(key=article.key).first() if article.key else None


def _is_taken(one: Imported) -> bool:
    """Say whether a text was taken before, as it is now."""
    of_source = ImportedText.objects.filter(source=one.source, ident=one.ident)
    return of_source.filter(text__language=one.language, digest=digest_of(one)).exists()


def _taken(texts: Sequence[Imported], importing: _Import) -> Iterator[Outcome]:
    for one in texts:
        text = importing.place.texts[one.language]
        try:
            with transaction.atomic():
                yield _text_taken(one, text, importing)
        except (Empty, TooLong, NoOfficialText, _Refused) as error:
            yield Outcome(one.name, REFUSED, remarks=(_why(error), *one.remarks))


class _Refused(Exception):
    """A text that cannot be taken; the words say why."""


def _why(error: Exception) -> str:
    words = {Empty: NO_WORDS, TooLong: TOO_LONG, NoOfficialText: NO_OFFICIAL}
    return words.get(type(error)) or str(error)


def _text_taken(one: Imported, text: ArticleText, importing: _Import) -> Outcome:
    how, at = importing.how, importing.at
    address = f"/help/{text.language}/{text.slug}/"
    before = ImportedText.objects.filter(source=one.source, ident=one.ident, text=text).first()
    digest = digest_of(one)
    if before and before.digest == digest:
        return Outcome(one.name, SAME, address)
    taken_by_others = list(_lead_on(one, text))
    if before and text.current_id != before.version_id and not how.over:
        return Outcome(one.name, KEPT, address, (EDITED_HERE,))
    body, remarks = pictured(one, importing.led(one), text.article, how.fetch, how.by, at)
    written = Written(one.title, body, one.summary, one.note)
    was = text.current
    version = None
    if not one.draft_because:
        version = _same(was, one, body) or _published(one, text, written, importing)
    if version is None:
        _drafted(one, text, written, importing)
    ImportedText.objects.update_or_create(
        source=one.source,
        ident=one.ident,
        text=text,
        defaults={"version": version, "digest": digest, "at": at},
    )
    because = (one.draft_because,) if one.draft_because else ()
    told = (*because, *one.remarks, *remarks, *taken_by_others)
    return Outcome(one.name, _what(was, version), address, told)


def _lead_on(one: Imported, text: ArticleText) -> Iterator[str]:
    """Let old addresses lead to an article, and say which lead to another one already."""
    others = OldAddress.objects.filter(language=one.language, slug__in=one.old)
    taken = set(others.exclude(article=text.article).values_list("slug", flat=True))
    for path in one.old:
        if path in taken:
            yield f"The old address {path} leads to another article already."
        else:
            lead_on(text.article, one.language, path)


def _same(was: ArticleVersion | None, one: Imported, body: str) -> ArticleVersion | None:
    """Return what readers see, if it says what is taken; what it translates stays, too."""
    if was is None:
        return None
    says = (was.title, was.summary, was.body, was.by_software)
    return was if says == (one.title, one.summary, body, one.by_software) else None


def _what(was: ArticleVersion | None, version: ArticleVersion | None) -> str:
    if version is None:
        return DRAFT
    if was is None:
        return NEW
    return SAME if was.pk == version.pk else CHANGED


def _published(
    one: Imported, text: ArticleText, written: Written, importing: _Import
) -> ArticleVersion:
    origin = Origin(by_software=one.by_software)
    at = min(one.updated or importing.at, importing.at)
    if text.current and at < text.current.published_at:
        at = importing.at
    version = publish_article(
        text.article, one.language, written, by=importing.how.by, at=at, origin=origin
    )
    text.current = version
    return version


def _drafted(one: Imported, text: ArticleText, written: Written, importing: _Import) -> None:
    writer = importing.how.by or text.article.owner or _somebody()
    if writer is None:
        raise _Refused(NO_WRITER)
    draft = begin_draft(text, writer=writer, at=importing.at, written=written)
    keep_draft(draft, written, at=importing.at)


def _somebody() -> Agent | None:
    """Return the first administrator, whose draft it is when nobody is named."""
    administrators = Agent.objects.active().filter(role=Agent.Role.ADMINISTRATOR)
    return administrators.order_by("pk").first()


def digest_of(one: Imported) -> str:
    """Return what is the same as long as nothing of an article has changed at its source."""
    facts = (one.title, one.summary, one.body, one.note, one.by_software, one.draft_because)
    about = (one.category, one.products, one.available, one.plans, one.owner, one.review_on)
    said = hashlib.sha256(repr((facts, about, one.old, one.official)).encode())
    for picture in one.pictures:
        if picture.file and picture.file.is_file():
            said.update(picture.file.read_bytes())
    return said.hexdigest()
