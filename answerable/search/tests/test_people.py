"""People and accounts are found by what is typed of their names, also when it is mistyped."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from answerable.accounts.actions import add_contact, add_customer
from answerable.cast import Cast
from answerable.knowledge.core.typos import shapes
from answerable.search.people import people_named


def names(text: str, **how: bool) -> list[str]:
    return [one.name for one in people_named(text, **how).contacts]


@pytest.mark.parametrize(
    "typed",
    ["dana", "DANA WOLF", "wolf d", "dana nordwind", "dana@nordwind.example", "dana@n"],
)
def test_each_word_is_the_beginning_of_a_name_an_address_or_an_account(
    cast: Cast, typed: str
) -> None:
    assert names(typed) == ["Dana Wolf"]


@pytest.mark.parametrize("typed", ["danna wolf", "dnaa", "dana wlof", "dana nordwnid"])
def test_what_nobody_is_called_is_taken_for_a_typing_error(cast: Cast, typed: str) -> None:
    assert names(typed) == ["Dana Wolf"]
    assert people_named(typed).corrected
    assert names(typed, is_tolerant=False) == []


def test_accents_may_be_left_out(cast: Cast, at: datetime) -> None:
    add_contact(cast.nordwind, name="Jürgen Krüger", email="jk@nordwind.example", at=at)
    assert names("kruger") == ["Jürgen Krüger"]


def test_an_account_is_found_with_its_people(cast: Cast, at: datetime) -> None:
    add_customer("Kühne Apparatebau", domains=[], at=at)
    assert [one.name for one in people_named("aparatebau").customers] == ["Kühne Apparatebau"]
    found = people_named("nordwind")
    assert [one.name for one in found.customers] == [cast.nordwind.name]
    assert {one.customer for one in found.contacts} == {cast.nordwind}


def test_who_left_is_found_only_where_that_is_asked_for(cast: Cast, at: datetime) -> None:
    cast.dana.left_at = at
    cast.dana.save()
    assert names("dana wolf") == []
    assert names("dana wolf", left=True) == ["Dana Wolf"]


@pytest.mark.parametrize("typed", ["", "   ", "@", "'; :* &", "!!", "(", "a" * 500, "\\", "%"])
def test_nothing_that_is_typed_is_an_error(cast: Cast, typed: str) -> None:
    assert not people_named(typed).contacts


@pytest.mark.django_db
@given(st.text(alphabet="abcdeü0", max_size=12))
def test_the_database_makes_the_same_shapes(word: str) -> None:
    """`search_shapes` says what `shapes` says; of words without one it says nothing."""
    plain = word.replace("ü", "u")
    expected = set(shapes(plain)) if len(plain) >= 4 and not plain.isdigit() else set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_shapes(%s)", [word])
        (found,) = cursor.fetchone() or ([],)
    assert set(found) == expected
