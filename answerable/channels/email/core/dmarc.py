"""Whether a domain says that a mail is its own (DMARC, RFC 7489 and its successor). Pure.

The organisation of a domain is found by walking up the tree of names, as the successor of RFC
7489 does it: no list of public suffixes has to be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answerable.channels.email.core.dkim_check import tags_of
from answerable.channels.email.core.proof import Result, Unsure, same_or_below

MOST_STEPS = 8

AskText = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Policy:
    """What a domain says of mail in its name: whose record it is, how near a match must be."""

    organisation: str
    strict_dkim: bool
    strict_spf: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a domain's own rule is kept, and whether it is the sender by any sign."""

    result: Result
    aligned: bool
    published: bool = False


def judge(author: str, *, spf: str, dkim: Sequence[str], unsure: bool, ask: AskText) -> Judged:
    """Return what the domain in From says of a mail.

    `spf` is the domain whose server it came from, `dkim` are those that signed it; only what
    passed. `unsure`: one of these checks could not be made. Where a domain publishes nothing, a
    signature or server of its own, or of a domain above it, is a sign all the same.
    """
    try:
        policy = policy_of(author, ask)
    except Unsure:
        return Judged(Result.TEMPERROR, _is_above(author, spf, dkim))
    if policy is None:
        return Judged(Result.NONE, _is_above(author, spf, dkim))
    try:
        kept = _is_kept(policy, author, spf, dkim, ask)
    except Unsure:
        return Judged(Result.TEMPERROR, aligned=False, published=True)
    if kept:
        return Judged(Result.PASS, aligned=True, published=True)
    return Judged(Result.TEMPERROR if unsure else Result.FAIL, aligned=False, published=True)


def policy_of(domain: str, ask: AskText) -> Policy | None:
    """Return a domain's own record, else its organisation's. Raises Unsure."""
    records = _walk(domain, ask)
    if not records:
        return None
    _, tags = records[0]
    return Policy(
        organisation=_organisation(records, domain),
        strict_dkim=tags.get("adkim", "r").lower() == "s",
        strict_spf=tags.get("aspf", "r").lower() == "s",
    )


def _walk(domain: str, ask: AskText) -> list[tuple[str, dict[str, str]]]:
    """Return the records of a domain and of those above it, the nearest first."""
    found = []
    for name in _names(domain):
        records = [tags_of(t) for t in ask(f"_dmarc.{name}") if t[:8].lower() == "v=dmarc1"]
        if len(records) == 1 and records[0]:
            found.append((name, records[0]))
            if records[0].get("psd", "u").lower() in {"y", "n"}:
                break
    return found


def _names(domain: str) -> list[str]:
    labels = domain.split(".")
    names = [".".join(labels[at:]) for at in range(len(labels) - 1)]
    return names if len(names) <= MOST_STEPS else [names[0], *names[-(MOST_STEPS - 1) :]]


def _organisation(records: Sequence[tuple[str, dict[str, str]]], domain: str) -> str:
    """Return the highest domain with a record; one that says so is it, or lies above it."""
    name, tags = records[-1]
    if tags.get("psd", "u").lower() == "y" and name != domain:
        below = domain.removesuffix(f".{name}").rpartition(".")[2]
        return f"{below}.{name}"
    return name


def _is_kept(policy: Policy, author: str, spf: str, dkim: Sequence[str], ask: AskText) -> bool:
    tried = [(domain, policy.strict_dkim) for domain in dkim]
    tried += [(spf, policy.strict_spf)] if spf else []
    # What is the very domain needs no further name.
    if any(domain == author for domain, _ in tried):
        return True
    return any(
        same_or_below(domain, policy.organisation) and _is_of(domain, policy, ask)
        for domain, strict in tried
        if not strict
    )


def _is_of(domain: str, policy: Policy, ask: AskText) -> bool:
    theirs = policy_of(domain, ask)
    return theirs is not None and theirs.organisation == policy.organisation


def _is_above(author: str, spf: str, dkim: Sequence[str]) -> bool:
    return any(same_or_below(author, domain) for domain in (spf, *dkim))
