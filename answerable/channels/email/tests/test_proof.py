"""What the checks say together, and for whom that is enough."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.proof import (
    Demand,
    Proof,
    Result,
    Standing,
    is_enough,
    is_sure,
    proof_from,
)
from answerable.channels.email.core.whose import Doubt, Place, Who, doubt_of, place_of

AUTHOR = "nordwind.example"
PROVEN = Proof(author=AUTHOR, dmarc=Result.PASS, published=True, aligned=True)
ALIGNED = Proof(author=AUTHOR, dkim=Result.PASS, aligned=True)
REFUTED = Proof(author=AUTHOR, dmarc=Result.FAIL, published=True)
AWAY = Proof(author=AUTHOR, dmarc=Result.TEMPERROR)
UNSURE = Proof(author=AUTHOR, dmarc=Result.TEMPERROR, published=True)
UNKNOWN = Proof(author=AUTHOR)
OTHER_SERVER = Proof(author=AUTHOR, spf=Result.SOFTFAIL, spf_domain="nordwind.example")
FORWARDED = Proof(author=AUTHOR, spf=Result.FAIL, spf_domain="lists.example")
NOBODY = Proof()

PROOFS = st.builds(
    Proof,
    author=st.sampled_from(["", "nordwind.example"]),
    spf=st.sampled_from(Result),
    spf_domain=st.sampled_from(["", "nordwind.example", "evil.example"]),
    dkim=st.sampled_from(Result),
    dmarc=st.sampled_from(Result),
    published=st.booleans(),
    aligned=st.booleans(),
)


@pytest.mark.parametrize(
    ("proof", "standing", "enough"),
    [
        (PROVEN, Standing.PROVEN, "dmarc aligned published gateway"),
        (ALIGNED, Standing.PROVEN, "aligned published gateway"),
        (UNKNOWN, Standing.UNKNOWN, "published gateway"),
        (FORWARDED, Standing.UNKNOWN, "published gateway"),
        (AWAY, Standing.UNSURE, "published gateway"),
        (UNSURE, Standing.UNSURE, "gateway"),
        (REFUTED, Standing.REFUTED, "gateway"),
        (OTHER_SERVER, Standing.REFUTED, "gateway"),
        (NOBODY, Standing.NOBODY, "gateway"),
    ],
)
def test_it_is_enough_for_what_is_demanded(
    proof: Proof, standing: Standing, enough: str
) -> None:
    assert proof.standing == standing
    assert " ".join(demand for demand in Demand if is_enough(proof, demand)) == enough


@pytest.mark.parametrize("proof", [UNKNOWN, AWAY, UNSURE, REFUTED, OTHER_SERVER, NOBODY])
def test_silence_is_never_enough_for_an_agent(proof: Proof) -> None:
    assert [demand for demand in Demand if is_sure(proof, demand)] == [Demand.GATEWAY]


@given(PROOFS, st.sampled_from(Demand))
def test_what_is_sure_is_enough(proof: Proof, demand: Demand) -> None:
    assert is_enough(proof, demand) or not is_sure(proof, demand)


@given(PROOFS)
def test_more_is_demanded_by_each_stricter_setting(proof: Proof) -> None:
    steps = (Demand.DMARC, Demand.ALIGNED, Demand.PUBLISHED, Demand.GATEWAY)
    enough = [is_enough(proof, demand) for demand in steps if proof.author]
    assert enough == sorted(enough)


@given(PROOFS)
def test_it_is_kept_as_it_is(proof: Proof) -> None:
    assert proof_from(proof.as_json()) == proof


@given(PROOFS, st.sampled_from(Who), st.sampled_from(Demand))
def test_whoever_is_not_proven_has_a_doubt(proof: Proof, who: Who, demand: Demand) -> None:
    place = place_of(who, proof, demand, has_ticket=True)
    trusted = who in {Who.CONTACT, Who.ASKER, Who.OTHER} and is_enough(proof, demand)
    assert bool(place.doubt) == (not trusted)
    assert place.joins == (who not in {Who.OTHER, Who.BEFORE})


CASES: list[tuple[Who, Proof, Any]] = [
    (Who.CONTACT, PROVEN, Place(True, Doubt.NONE)),
    (Who.CONTACT, REFUTED, Place(True, Doubt.REFUTED)),
    (Who.CONTACT, UNSURE, Place(True, Doubt.UNSURE)),
    (Who.OTHER, PROVEN, Place(False, Doubt.NONE)),
    (Who.STRANGER, PROVEN, Place(True, Doubt.STRANGER)),
    (Who.COPIED, PROVEN, Place(True, Doubt.COPIED)),
    (Who.COPIED, REFUTED, Place(True, Doubt.REFUTED)),
    (Who.ASKER, NOBODY, Place(True, Doubt.NOBODY)),
]


@pytest.mark.parametrize(("who", "proof", "place"), CASES)
def test_it_says_where_a_mail_goes(who: Who, proof: Proof, place: Place) -> None:
    assert place_of(who, proof, Demand.PUBLISHED, has_ticket=True) == place


def test_a_new_request_is_doubted_like_any_other() -> None:
    place = place_of(Who.STRANGER, REFUTED, Demand.PUBLISHED, has_ticket=False)
    assert place == Place(False, Doubt.REFUTED)
    assert doubt_of(UNKNOWN, Demand.ALIGNED) == Doubt.UNPROVEN
