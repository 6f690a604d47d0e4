"""Twilio's signatures, by the examples of its documentation and its own libraries' tests."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.channels.voice.twilio.core.signing import is_signed, signature

# How fast this machine is says nothing about them.
UNHURRIED = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)

TOKEN, URL = "12345", "https://mycompany.com/myapp.php?foo=1&bar=2"
DOCUMENTED = (
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675309"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
)
SIGNED = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
SEVERAL = (
    ("Sid", "CA123"),
    ("SidAccount", "AC123"),
    ("Digits", "5678"),
    ("Digits", "1234"),
    ("Digits", "1234"),
)


@pytest.mark.parametrize(
    ("url", "pairs", "expected"),
    [
        (URL, DOCUMENTED, SIGNED),
        (URL, reversed(DOCUMENTED), SIGNED),
        (URL, SEVERAL, "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
        (
            "https://MyCompany.com/myapp.php?foo=1&bar=2",
            DOCUMENTED,
            "g9IN/x4Cft2g517EjYvEvM/W7LU=",
        ),
        (
            "https://MyCompany.com:1234/myapp.php?foo=1&bar=2",
            DOCUMENTED,
            "PCqOZm8cnu/L6+u5i5fuEd+Iac4=",
        ),
    ],
)
def test_it_signs_as_twilio_does(
    url: str, pairs: tuple[tuple[str, str], ...], expected: str
) -> None:
    assert signature(TOKEN, url, pairs) == expected


def test_it_knows_an_address_with_and_without_its_usual_port() -> None:
    for signed in (URL, URL.replace(".com", ".com:443")):
        given_ = signature(TOKEN, signed, DOCUMENTED)
        assert is_signed(TOKEN, URL, DOCUMENTED, given_)
    far = signature(TOKEN, URL.replace(".com", ".com:8443"), DOCUMENTED)
    assert not is_signed(TOKEN, URL, DOCUMENTED, far)


@pytest.mark.parametrize(
    ("token", "url", "pairs", "given_"),
    [
        ("other", URL, DOCUMENTED, SIGNED),
        ("", URL, DOCUMENTED, signature("", URL, DOCUMENTED)),
        (TOKEN, URL + "&x=1", DOCUMENTED, SIGNED),
        (TOKEN, URL, DOCUMENTED[1:], SIGNED),
        (TOKEN, URL, (*DOCUMENTED, ("More", "")), SIGNED),
        (TOKEN, URL, DOCUMENTED, ""),
        (TOKEN, URL, DOCUMENTED, "n\u00f6"),
    ],
)
def test_it_believes_nothing_else(
    token: str, url: str, pairs: tuple[tuple[str, str], ...], given_: str
) -> None:
    assert not is_signed(token, url, pairs, given_)


@UNHURRIED
@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=6), st.data())
def test_the_order_of_parameters_does_not_matter(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(pairs))
    assert is_signed(TOKEN, URL, mixed, signature(TOKEN, URL, pairs))
