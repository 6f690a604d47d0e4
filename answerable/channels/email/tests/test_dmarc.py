"""A domain says how its mail is known; what is not so is not its own."""

from __future__ import annotations

import pytest

from answerable.channels.email.core.dmarc import Judged, judge, policy_of
from answerable.channels.email.core.proof import Result
from answerable.channels.email.tests.keys import Names, dmarc

TABLE = {
    **dmarc("nordwind.example"),
    **dmarc("strict.example", "p=none; adkim=s; aspf=s"),
    **dmarc("co.example", "p=none; psd=y"),
    **dmarc("shop.co.example"),
    **dmarc("deep.b.c.example", "psd=n"),
    "_dmarc.two.example": ["v=DMARC1; p=none", "v=DMARC1; p=reject"],
    "_dmarc.other.example": ["v=spf1 -all"],
}


def judged(author: str, *dkim: str, spf: str = "", unsure: bool = False) -> Judged:
    names = Names({**TABLE, "_dmarc.away.example": None})
    return judge(author, spf=spf, dkim=dkim, unsure=unsure, ask=names.texts)


@pytest.mark.parametrize(
    ("author", "dkim", "spf", "result"),
    [
        ("nordwind.example", "nordwind.example", "", Result.PASS),
        ("nordwind.example", "", "nordwind.example", Result.PASS),
        ("mail.nordwind.example", "nordwind.example", "", Result.PASS),
        ("nordwind.example", "mail.nordwind.example", "", Result.PASS),
        ("a.nordwind.example", "b.nordwind.example", "", Result.PASS),
        ("nordwind.example", "evil.example", "evil.example", Result.FAIL),
        ("nordwind.example", "evilnordwind.example", "", Result.FAIL),
        ("nordwind.example", "example", "", Result.FAIL),
        ("nordwind.example", "", "", Result.FAIL),
        ("strict.example", "strict.example", "", Result.PASS),
        ("strict.example", "mail.strict.example", "mail.strict.example", Result.FAIL),
        ("shop.co.example", "co.example", "", Result.FAIL),
        ("shop.co.example", "evil.co.example", "", Result.FAIL),
        ("a.shop.co.example", "b.shop.co.example", "", Result.PASS),
        ("deep.b.c.example", "b.c.example", "", Result.FAIL),
        ("two.example", "evil.example", "", Result.NONE),
        ("other.example", "evil.example", "", Result.NONE),
        ("away.example", "evil.example", "", Result.TEMPERROR),
    ],
)
def test_it_asks_for_a_sign_of_the_domains_own(
    author: str, dkim: str, spf: str, result: Result
) -> None:
    found = judged(author, *filter(None, [dkim]), spf=spf)
    assert found.result == result
    assert found.aligned == (result == Result.PASS)


def test_without_a_policy_its_own_sign_is_one_all_the_same() -> None:
    assert judged("old.example", "old.example") == Judged(Result.NONE, aligned=True)
    assert judged("mail.old.example", spf="old.example").aligned
    assert not judged("old.example", "mail.old.example").aligned
    assert not judged("old.example", "evil.example", spf="evil.example").aligned


def test_what_could_not_be_checked_is_no_failure() -> None:
    found = judged("nordwind.example", unsure=True)
    assert found == Judged(Result.TEMPERROR, aligned=False, published=True)


def test_it_asks_few_names_however_long_a_domain_is() -> None:
    names = Names({})
    assert policy_of(".".join(["a"] * 60) + ".example", names.texts) is None
    assert len(names.asked) == 8
