"""What is known of where a mail comes from, and whether that is enough. Pure.

A check that could not be made is "temperror" and never "fail": a name server that is away says
nothing about a sender.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Result(StrEnum):
    """What one check says, in the words of RFC 8601."""

    PASS = "pass"  # noqa: S105  # A result, no secret.
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    NONE = "none"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


class Standing(StrEnum):
    """What the checks together say of the address in From."""

    PROVEN = "proven"
    REFUTED = "refuted"  # its domain says how to know its mail, and this is none
    UNSURE = "unsure"  # its domain could not be asked
    UNKNOWN = "unknown"  # its domain says nothing of the kind
    NOBODY = "nobody"  # From names nobody, or several: there is nothing to prove


class Demand(StrEnum):
    """What an installation asks for before it takes an address at its word."""

    DMARC = "dmarc"
    ALIGNED = "aligned"
    PUBLISHED = "published"
    GATEWAY = "gateway"


class Unsure(Exception):
    """A name server did not answer, or there is no time left to ask it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was checked of a mail, and by whom. `author` is the domain in From.

    `spf_domain` and `dkim_domains` are what passed: whose server it came from, who signed it.
    """

    author: str = ""
    spf: Result = Result.NONE
    spf_domain: str = ""
    dkim: Result = Result.NONE
    dkim_domains: tuple[str, ...] = ()
    dmarc: Result = Result.NONE
    published: bool = False  # its domain says how its mail is known
    aligned: bool = False
    by: str = ""  # the server whose word it is; empty where we checked ourselves

    @property
    def standing(self) -> Standing:
        """Return what all of it says of the address in From."""
        if not self.author:
            return Standing.NOBODY
        if self.aligned or self.dmarc == Result.PASS:
            return Standing.PROVEN
        if self.dmarc in {Result.FAIL, Result.PERMERROR} or self._is_another_server():
            return Standing.REFUTED
        if Result.TEMPERROR in {self.dmarc, self.spf, self.dkim}:
            return Standing.UNSURE
        return Standing.UNKNOWN

    def _is_another_server(self) -> bool:
        """Whether the author's own domain says that this server does not send its mail."""
        refused = self.spf in {Result.FAIL, Result.SOFTFAIL}
        return refused and same_or_below(self.author, self.spf_domain)

    def as_json(self) -> dict[str, Any]:
        """Return it as values of JSON."""
        return {
            "author": self.author,
            "spf": self.spf.value,
            "spf_domain": self.spf_domain,
            "dkim": self.dkim.value,
            "dkim_domains": list(self.dkim_domains),
            "dmarc": self.dmarc.value,
            "published": self.published,
            "aligned": self.aligned,
            "by": self.by,
        }


def proof_from(kept: Mapping[str, Any] | None) -> Proof:
    """Return a proof as it was kept; one of nothing where nothing was checked."""
    if not kept:
        return Proof()
    return Proof(
        author=kept["author"],
        spf=Result(kept["spf"]),
        spf_domain=kept["spf_domain"],
        dkim=Result(kept["dkim"]),
        dkim_domains=tuple(kept["dkim_domains"]),
        dmarc=Result(kept["dmarc"]),
        published=kept["published"],
        aligned=kept["aligned"],
        by=kept["by"],
    )


def is_enough(proof: Proof, demand: Demand) -> bool:
    """Say whether an address is taken at its word for what customers may do by mail."""
    match demand:
        case Demand.GATEWAY:
            return True
        case Demand.DMARC:
            return proof.dmarc == Result.PASS
        case Demand.ALIGNED:
            return proof.standing == Standing.PROVEN
        case Demand.PUBLISHED:
            # Who sends in another's name could see to it that a check cannot be made.
            not_asked = proof.standing == Standing.UNSURE and not proof.published
            return not_asked or proof.standing in {Standing.PROVEN, Standing.UNKNOWN}


def is_sure(proof: Proof, demand: Demand) -> bool:
    """Say whether it is sure who wrote, as for what agents may do: silence is not enough."""
    return demand == Demand.GATEWAY or (
        proof.standing == Standing.PROVEN and is_enough(proof, demand)
    )


def same_or_below(domain: str, above: str) -> bool:
    """Say whether a domain is another one, or belongs to it: never the other way round."""
    return bool(above) and (domain == above or domain.endswith(f".{above}"))


def best(results: Iterable[Result]) -> Result:
    """Return the result that says most for a mail: a signature that passes is enough."""
    order = (
        Result.PASS,
        Result.TEMPERROR,
        Result.FAIL,
        Result.PERMERROR,
        Result.NEUTRAL,
        Result.SOFTFAIL,
    )
    found = set(results)
    return next((result for result in order if result in found), Result.NONE)
