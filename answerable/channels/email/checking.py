"""Checks where a mail comes from: by what a server of ours wrote above it, or by asking DNS."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from answerable.channels.email.core.auth_results import proof_in, trusted_of
from answerable.channels.email.core.author import author_of, domain_of, headers_of
from answerable.channels.email.core.dkim_check import Checked, check_signatures
from answerable.channels.email.core.dmarc import judge
from answerable.channels.email.core.mapped import Buffer
from answerable.channels.email.core.proof import (
    Demand,
    Proof,
    Result,
    Unsure,
    best,
    same_or_below,
)
from answerable.channels.email.core.spf import Check
from answerable.channels.email.core.spf_terms import Macros
from answerable.channels.email.names import Questions, Servers, servers
from answerable.channels.email.signatures import is_good

log = logging.getLogger(__name__)

AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A mail, the server that brought it, the sender of its envelope, and when."""

    raw: Buffer
    peer: str
    envelope_from: str
    at: datetime


def demand() -> Demand:
    """Return what this installation asks for before it takes an address at its word."""
    return Demand(settings.ANSWERABLE_MAIL_VERIFY)


def asks_names() -> bool:
    """Say whether mails are checked by asking DNS, which takes time."""
    return demand() != Demand.GATEWAY and not settings.ANSWERABLE_MAIL_AUTHSERV


def prove_all(mails: Sequence[Came]) -> list[Proof]:
    """Return what is known of where mails come from, by asking DNS, several at a time."""
    asked = servers()
    if len(mails) == 1:
        return [_proven(mails[0], asked)]
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="mail-check") as pool:
        return list(pool.map(lambda mail: _proven(mail, asked), mails))


def _proven(mail: Came, asked: Servers) -> Proof:
    """Return what can be proven; a mail that breaks the check proves nothing, and goes on."""
    try:
        return prove(mail, asked)
    except Exception:
        log.exception("A mail could not be checked.")
        return Proof()


def prove(mail: Came, asked: Servers) -> Proof:
    """Return what the domain of a mail's author says of it."""
    author = domain_of(author_of(headers_of(mail.raw)))
    if not author:
        return Proof()
    questions = Questions(asked)
    _ask_first(author, questions)
    spf, spf_domain = _spf(mail, questions)
    signed = check_signatures(mail.raw, questions.texts, is_good, mail.at)
    judged = judge(
        author,
        spf=spf_domain if spf == Result.PASS else "",
        dkim=_passed(signed),
        unsure=_is_unsure(author, spf, spf_domain, signed),
        ask=questions.texts,
    )
    return Proof(
        author=author,
        spf=spf,
        spf_domain=spf_domain,
        dkim=best(each.result for each in signed),
        dkim_domains=_passed(signed),
        dmarc=judged.result,
        published=judged.published,
        aligned=judged.aligned,
    )


def read_proof(raw: Buffer) -> Proof:
    """Return what servers of ours wrote above a mail; nothing where none is named."""
    headers = headers_of(raw)
    trusted = [trusted_of(name) for name in settings.ANSWERABLE_MAIL_AUTHSERV]
    author = domain_of(author_of(headers))
    return proof_in(headers, author, trusted) if author else Proof()


def _ask_first(author: str, questions: Questions) -> None:
    """Ask for the author's own rule before names that whoever wrote could slow down."""
    try:
        questions.texts(f"_dmarc.{author}")
    except Unsure:
        return


def _spf(mail: Came, questions: Questions) -> tuple[Result, str]:
    """Return what the domain of the envelope says of the server, if one from outside came."""
    domain = domain_of(mail.envelope_from)
    try:
        ip = ipaddress.ip_address(mail.peer)
    except ValueError:
        return Result.NONE, domain
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if not domain or not _is_outside(ip):
        return Result.NONE, domain
    try:
        macros = Macros(ip, mail.envelope_from, "unknown")
        return Check(questions.ask, macros).run(domain), domain
    except Unsure:
        return Result.TEMPERROR, domain


def _is_outside(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Say whether a server may be the sender's: one of our network only passed it on."""
    return not (ip.is_loopback or ip.is_link_local or _is_ours(ip))


def _is_ours(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    networks = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
    return any(ip in ipaddress.ip_network(network) for network in networks)


def _passed(signed: Sequence[Checked]) -> tuple[str, ...]:
    return tuple(each.domain for each in signed if each.result == Result.PASS)


def _is_unsure(author: str, spf: Result, spf_domain: str, signed: Sequence[Checked]) -> bool:
    """Say whether a check could not be made that might have proven the author."""
    unsure = [each.domain for each in signed if each.result == Result.TEMPERROR]
    unsure += [spf_domain] if spf == Result.TEMPERROR else []
    return any(same_or_below(author, one) or same_or_below(one, author) for one in unsure)
