"""A support code says who somebody is, with their address or their number."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.actions.codes import (
    end_support_code,
    make_support_code,
    use_support_code,
)
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
