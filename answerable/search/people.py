"""Finds people and accounts by what is typed of their names, also where it is mistyped.

The one answer for the page of search, the palette, and wherever a person is chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Q, QuerySet

from answerable.accounts.models import Contact, Customer
from answerable.knowledge.core.typos import nearest, shapes
from answerable.search.core.asked import words_of
from answerable.search.core.showing import folded
from answerable.search.statements import NAMED, NAMES_NEAR

MOST = 8
MOST_WORDS = 6
MOST_ACCOUNTS = 200
LONGEST = 200
CONTACT, CUSTOMER = ("name", "email"), ("name",)
Meant = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class People:
    """People and accounts in the order of their names; `corrected`: words that nobody is
    called, with the names that were looked for in their place."""

    contacts: Sequence[Contact] = ()
    customers: Sequence[Customer] = ()
    corrected: Mapping[str, Sequence[str]] = field(default_factory=dict)


def people_named(
    text: str, *, most: int = MOST, is_tolerant: bool = True, left: bool = False
) -> People:
    """Return who and which accounts are called so, each word by its beginning.

    A person is found by their name, their address and their account's name together: “dana
    nord”. Where nobody is, words are taken for typing errors. `left`: those, too, who left.
    """
    words = _words(text)
    if not words:
        return People()
    found = _found(words, {}, most, left=left)
    if found.contacts or found.customers or not is_tolerant:
        return found
    near = _near([word for word in words if "@" not in word])
    return _found(words, near, most, left=left) if near else found


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters; an address stays one."""
    words: list[str] = []
    for piece in text[:LONGEST].split():
        words += [piece.lower()] if "@" in piece and len(piece) > 1 else words_of(piece)
    return list(dict.fromkeys(words))[:MOST_WORDS]


def _found(words: Sequence[str], near: Meant, most: int, *, left: bool) -> People:
    people = Contact.objects.alias(named=SearchVector(*CONTACT, config="simple"))
    if not left:
        people = people.filter(left_at=None)
    for word in words:
        people = people.filter(_fits(word, near))
    accounts = _accounts(words, near).order_by("name", "pk")[:most]
    return People(
        contacts=list(people.select_related("customer").order_by("name", "pk")[:most]),
        customers=list(accounts),
        corrected={word: list(others) for word, others in near.items()},
    )


def _fits(word: str, near: Meant) -> Q:
    """Return the condition that a person has a word in their name, address or account."""
    if "@" in word:
        return Q(email__icontains=word)
    theirs = _accounts([word], near).order_by("pk").values_list("pk", flat=True)
    return Q(named=_query(word, near)) | Q(customer__in=list(theirs[:MOST_ACCOUNTS]))


def _accounts(words: Sequence[str], near: Meant) -> QuerySet[Customer]:
    if any("@" in word for word in words):
        return Customer.objects.none()  # No account is called by an address.
    accounts = Customer.objects.alias(named=SearchVector(*CUSTOMER, config="simple"))
    for word in words:
        accounts = accounts.filter(named=_query(word, near))
    return accounts


def _query(word: str, near: Meant) -> SearchQuery:
    """Return what a name must have: words are letters and figures, which PostgreSQL reads."""
    begins = " | ".join(f"{each}:*" for each in (word, *near.get(word, ())))
    return SearchQuery(begins, search_type="raw", config="simple")


def _near(words: Sequence[str]) -> dict[str, list[str]]:
    """Return the names that may be meant by words that nobody is called. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [list(words)])
        known = {word for (word,) in cursor.fetchall()}
        unknown = [word for word in words if word not in known]
        wanted = {shape for word in unknown for shape in shapes(folded(word))}
        if not wanted:
            return {}
        cursor.execute(NAMES_NEAR, [sorted(wanted)])
        names = {word for (name,) in cursor.fetchall() for word in words_of(name)}
    return {word: meant for word in unknown if (meant := _meant(word, names))}


def _meant(word: str, names: Collection[str]) -> list[str]:
    """Return the nearest names, as they are written; two may differ in their accents alone."""
    written: dict[str, list[str]] = {}
    for name in names:
        written.setdefault(folded(name), []).append(name)
    return [each for near in nearest(folded(word), written) for each in written[near]]
