"""Words of addresses, and which subscriptions a row means."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.knowledge.core.availability import (
    Edition,
    editions_in,
    includes,
    tiers_of,
)
from answerable.knowledge.core.named_files import named_files
from answerable.knowledge.core.slugs import free_slug, slug_of

ENTERPRISE = Edition("service", "enterprise")


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Contact Premium Support", "contact-premium-support"),
        ("Über Größe & Maß", "ueber-groesse-mass"),
        ("U\u0308ber uns", "ueber-uns"),
        ("Ça va, señor?", "ca-va-senor"),
        ("E-4012: export", "e-4012-export"),
        ("東京", "article"),
        ("", "article"),
    ],
)
def test_a_slug_is_made_of_words(words: str, slug: str) -> None:
    assert slug_of(words) == slug


@given(st.text(max_size=300))
def test_a_slug_is_always_one(words: str) -> None:
    slug = slug_of(words)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert slug_of(slug) == slug


def test_a_taken_slug_gets_a_number() -> None:
    assert free_slug("a", set()) == "a"
    assert free_slug("a", {"a", "a-2"}) == "a-3"


@pytest.mark.parametrize(
    ("words", "editions"),
    [
        (
            "service enterprise, Sales Professional",
            [ENTERPRISE, Edition("sales", "professional")],
        ),
        ("smart crm enterprise", [Edition("smart_crm", "enterprise")]),
        ("sales", [Edition("sales")]),
        ("sales, , sales", [Edition("sales")]),
        (" ,", []),
    ],
)
def test_subscriptions_are_named_by_product_and_tier(
    words: str, editions: list[Edition]
) -> None:
    assert editions_in(words) == editions


def test_a_row_means_its_product_at_its_tier_or_at_any() -> None:
    assert includes([ENTERPRISE], [ENTERPRISE])
    assert includes([Edition("service")], [ENTERPRISE])
    assert includes([Edition("", "enterprise")], [ENTERPRISE])
    assert not includes([ENTERPRISE], [Edition("service", "professional")])
    assert not includes([ENTERPRISE], [Edition("sales", "enterprise")])
    assert not includes([ENTERPRISE], [])


def test_the_tiers_told_are_of_the_products_named() -> None:
    runs = [Edition("sales", "starter"), Edition("service", "professional")]
    assert tiers_of(runs, [ENTERPRISE]) == ["professional"]
    assert tiers_of(runs, [Edition("content", "enterprise")]) == ["starter", "professional"]


def test_files_are_named_in_markdown() -> None:
    body = "![a](file:12) [b](<file:3>) ![c](file:12 'title') ![d](file:x) file:9"
    assert named_files(body) == [12, 3]
