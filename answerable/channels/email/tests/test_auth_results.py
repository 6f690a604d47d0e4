"""A header that says who is verified is believed only where a server of ours wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.auth_results import (
    Trusted,
    proof_in,
    read_results,
    trusted_of,
)
from answerable.channels.email.core.author import headers_of
from answerable.channels.email.core.proof import Proof, Result, Standing

OURS = Trusted("mx.answerable.example")
AFTER_RELAY = Trusted("mx.answerable.example", below=1)
PASS = b"""\
Authentication-Results: mx.answerable.example;
\tdkim=pass (2048-bit key; unprotected) header.d=nordwind.example header.i=@nordwind.example
\theader.b="a/bc=="; spf=pass smtp.mailfrom=dana@nordwind.example;
\tdmarc=pass (p=REJECT sp=NONE (really) dis=NONE) header.from=nordwind.example
"""
FAIL = b"""\
Authentication-Results: mx.answerable.example; dkim=none; spf=softfail
 smtp.mailfrom=nordwind.example; dmarc=fail reason="no match" header.from=nordwind.example
"""
OTHERS = PASS.replace(b"mx.answerable.example", b"mx.evil.example")
BY_OURS = b"Received: from out.nordwind.example by mx.answerable.example; Mon\r\n"
BY_RELAY = b"Received: from mx.answerable.example by relay.answerable.example; Mon\r\n"
BY_OTHERS = b"Received: from x by y; Mon\r\n"


def proof(*lines: bytes, trusted: Trusted = OURS) -> Proof:
    raw = b"".join(lines).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    raw += b"From: dana@nordwind.example\r\n\r\nHi"
    return proof_in(headers_of(raw), "nordwind.example", [trusted])


def test_it_believes_a_server_of_ours() -> None:
    found = proof(PASS, BY_OURS)
    assert found == Proof(
        author="nordwind.example",
        spf=Result.PASS,
        spf_domain="nordwind.example",
        dkim=Result.PASS,
        dkim_domains=("nordwind.example",),
        dmarc=Result.PASS,
        published=True,
        aligned=True,
        by="mx.answerable.example",
    )
    assert proof(FAIL, BY_OURS).standing == Standing.REFUTED


@pytest.mark.parametrize(
    "lines",
    [
        (BY_OURS, PASS),  # the sender wrote it
        (BY_OURS, BY_OTHERS, PASS),
        (OTHERS, BY_OURS),  # another server's word
        (OTHERS, BY_OURS, PASS),
        (),
    ],
)
def test_it_believes_nobody_else(lines: tuple[bytes, ...]) -> None:
    found = proof(*lines)
    assert found.standing == Standing.UNSURE
    assert not found.aligned


def test_what_the_sender_wrote_below_changes_nothing() -> None:
    assert proof(FAIL, BY_OURS, PASS).standing == Standing.REFUTED
    assert proof(FAIL, PASS, BY_OURS).dmarc == Result.FAIL


def test_it_looks_below_as_many_servers_as_are_ours() -> None:
    assert proof(BY_RELAY, PASS, BY_OURS, trusted=AFTER_RELAY).standing == Standing.PROVEN
    assert proof(BY_RELAY, BY_OURS, PASS, trusted=AFTER_RELAY).standing == Standing.UNSURE
    only_one = proof(BY_RELAY, FAIL, PASS, BY_OURS, trusted=AFTER_RELAY)
    assert only_one.standing == Standing.REFUTED


def test_several_headers_of_one_server_belong_together() -> None:
    parts = (
        b"mx.answerable.example; dmarc=pass header.from=nordwind.example",
        b"MX.Answerable.Example 1; dkim/1=pass header.d=nordwind.example",
        b"mx.answerable.example; none",
    )
    found = proof(*(b"Authentication-Results: " + p + b"\r\n" for p in parts), BY_OURS)
    assert (found.dmarc, found.dkim) == (Result.PASS, Result.PASS)


def test_a_pass_for_another_domain_is_none_for_this_one() -> None:
    other = PASS.replace(b"nordwind.example", b"evil.example")
    found = proof(other, BY_OURS)
    assert (found.dmarc, found.aligned) == (Result.NONE, False)
    assert found.standing == Standing.UNKNOWN


def test_a_domain_without_a_policy_is_known_by_its_own_signature() -> None:
    signed = (
        b"Authentication-Results: mx.answerable.example; dkim=pass header.i=@nordwind.example"
    )
    found = proof(signed + b"\r\n", BY_OURS)
    assert found.standing == Standing.PROVEN


@pytest.mark.parametrize(
    ("text", "trusted"), [("MX.example ", Trusted("mx.example")), ("a/2", Trusted("a", 2))]
)
def test_it_reads_the_setting(text: str, trusted: Trusted) -> None:
    assert trusted_of(text) == trusted


@given(st.binary(max_size=300))
def test_no_header_breaks_it(value: bytes) -> None:
    read_results(value)
    read_results(b"mx.example; dkim=pass " + value)


def test_it_is_read_in_one_pass() -> None:
    for piece in (b"(", b'"', b"=/", b";=", b'\\"'):
        read_results(b"mx.example; dkim=pass " + piece * 100_000)
