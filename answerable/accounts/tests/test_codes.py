"""A support code says who somebody is, with their address or their number."""

from __future__ import annotations

from datetime import datetime

import pytest
from pytest_django import Settings

from answerable.accounts.actions.codes import (
    end_support_code,
    make_support_code,
    use_keyed_code,
    use_support_code,
)
from answerable.accounts.core.keypad import keys_of
from answerable.accounts.models import Contact, SupportCode
from answerable.cast import Cast

PHONE = "+491715550123"


def test_it_says_who_somebody_is(cast: Cast, at: datetime) -> None:
    Contact.objects.filter(pk=cast.dana.pk).update(phone=PHONE)
    code = make_support_code(cast.dana, at=at)
    for named in ("dana@nordwind.example", " Dana@Nordwind.Example ", "+49 171 555 0123"):
        assert use_support_code(code, named, at=at) == cast.dana
    assert use_support_code(code.lower().replace("-", " "), cast.dana.email, at=at) == cast.dana


def test_it_is_worth_nothing_in_another_name(cast: Cast, at: datetime) -> None:
    code = make_support_code(cast.dana, at=at)
    for named in ("kim@nordwind.example", "", "+49 171 555 0123", "x\x00"):
        assert use_support_code(code, named, at=at) is None
    assert use_support_code("", cast.dana.email, at=at) is None
    assert use_support_code("ABCD-EFGH-JKLM-NPQR", cast.dana.email, at=at) is None


def test_a_new_one_replaces_it(cast: Cast, at: datetime) -> None:
    before, after = (make_support_code(cast.dana, at=at) for _ in range(2))
    assert use_support_code(before, cast.dana.email, at=at) is None
    assert use_support_code(after, cast.dana.email, at=at) == cast.dana
    end_support_code(cast.dana)
    assert use_support_code(after, cast.dana.email, at=at) is None


def test_only_its_hash_is_kept(cast: Cast, at: datetime) -> None:
    code = make_support_code(cast.dana, at=at)
    kept = str(SupportCode.objects.values())
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_who_left_has_none(cast: Cast, at: datetime) -> None:
    code = make_support_code(cast.dana, at=at)
    Contact.objects.filter(pk=cast.dana.pk).update(left_at=at)
    assert use_support_code(code, cast.dana.email, at=at) is None


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ("K7QP-3FDA", "57773332"),
        ("abc def ghi", "222333444"),
        ("WXYZ-0189", "99990189"),
        ("", ""),
    ],
)
def test_a_telephone_has_a_key_for_each_letter(code: str, keys: str) -> None:
    assert keys_of(code) == keys


def test_its_keys_say_who_somebody_is(cast: Cast, at: datetime) -> None:
    code = make_support_code(cast.dana, at=at)
    assert use_keyed_code(keys_of(code), at=at) == cast.dana
    for keys in ("", "2" * 16, keys_of(code)[:-1]):
        assert use_keyed_code(keys, at=at) is None
    make_support_code(cast.dana, at=at)
    assert use_keyed_code(keys_of(code), at=at) is None


def test_its_keys_are_kept_under_the_secret_key(
    cast: Cast, at: datetime, settings: Settings
) -> None:
    keys = keys_of(make_support_code(cast.dana, at=at))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, made when the first one was lost"
    assert use_keyed_code(keys, at=at) == cast.dana
    settings.SECRET_KEY_FALLBACKS = []
    assert use_keyed_code(keys, at=at) is None


def test_who_left_has_no_keys(cast: Cast, at: datetime) -> None:
    code = make_support_code(cast.dana, at=at)
    Contact.objects.filter(pk=cast.dana.pk).update(left_at=at)
    assert use_keyed_code(keys_of(code), at=at) is None


def test_keys_that_two_have_are_nobodys(cast: Cast, at: datetime) -> None:
    keys = keys_of(make_support_code(cast.dana, at=at))
    make_support_code(cast.kim, at=at)
    same = SupportCode.objects.get(contact=cast.dana).keyed_digest
    SupportCode.objects.filter(contact=cast.kim).update(keyed_digest=same)
    assert use_keyed_code(keys, at=at) is None
