"""What pages say of themselves to search engines: addresses, languages, structured data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from answerable.help.queries.article import Page
from answerable.knowledge.markup.values import Section
from answerable.knowledge.models import ArticleText

# These would end the element that the data stands in.
UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
FEWEST_QUESTIONS = 2


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same article in a language."""

    language: str
    address: str


def address_of(text: ArticleText) -> str:
    """Return the whole address of a text."""
    path = reverse("help:article", args=[text.language, text.slug])
    return f"{settings.ANSWERABLE_URL}{path}"


def alternates_of(texts: Sequence[ArticleText], official: str) -> list[Alternate]:
    """Return an article's languages; of more than one the official is the default."""
    found = [Alternate(text.language, address_of(text)) for text in texts]
    default = [Alternate("x-default", one.address) for one in found if one.language == official]
    return found + default if len(found) > 1 else []


def data_of(page: Page) -> SafeString:
    """Return an article's structured data (schema.org): itself, the way to it, questions."""
    told = [_article(page), _trail(page), *_questions(page)]
    whole = {"@context": "https://schema.org", "@graph": told}
    return mark_safe(json.dumps(whole, ensure_ascii=False).translate(UNSAFE))  # noqa: S308


def _article(page: Page) -> dict[str, Any]:
    vendor = {"@type": "Organization", "name": settings.ANSWERABLE_VENDOR}
    first = page.text.article.created_at
    told = {
        "@type": "TechArticle",
        "headline": page.version.title,
        "inLanguage": page.text.language,
        "datePublished": first.isoformat(),
        "dateModified": page.version.published_at.isoformat(),
        "mainEntityOfPage": address_of(page.text),
        "author": vendor,
        "publisher": vendor,
    }
    return told | ({"description": page.version.summary} if page.version.summary else {})


def _trail(page: Page) -> dict[str, Any]:
    language = page.text.language
    steps = [(settings.ANSWERABLE_VENDOR, reverse("help:home", args=[language]))]
    if page.category:
        key = page.category.category.key
        steps.append((page.category.name, reverse("help:category", args=[language, key])))
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": _whole(path)}
        for n, (name, path) in enumerate(steps, start=1)
    ]
    last = {"@type": "ListItem", "position": len(items) + 1, "name": page.version.title}
    return {"@type": "BreadcrumbList", "itemListElement": [*items, last]}


def _questions(page: Page) -> Iterable[dict[str, Any]]:
    """Return the questions that an article answers, if it is one of questions and answers."""
    asked = [one for one in page.content.sections if one.title and one.words]
    if len(asked) < FEWEST_QUESTIONS or not all(one.title.endswith("?") for one in asked):
        return []
    return [{"@type": "FAQPage", "mainEntity": [_question(one) for one in asked]}]


def _question(section: Section) -> dict[str, Any]:
    answer = {"@type": "Answer", "text": section.words}
    return {"@type": "Question", "name": section.title, "acceptedAnswer": answer}


def _whole(path: str) -> str:
    return f"{settings.ANSWERABLE_URL}{path}"
