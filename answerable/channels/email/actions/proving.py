"""Finds out where stored mails come from, before they are read.

DNS is asked without a transaction: who waits for a name server holds nothing. When the process
dies meanwhile, the next one asks again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection

from answerable.channels.email import raws
from answerable.channels.email.checking import Came, asks_names, prove_all, read_proof
from answerable.channels.email.core.author import domain_of
from answerable.channels.email.core.proof import Proof, proof_from
from answerable.channels.email.models import InboundMail

TOGETHER = 25
TOGETHER_BYTES = 16 * 1024 * 1024
KEEP = """
UPDATE email_inboundmail AS mail SET checks = new.checks::jsonb
FROM unnest(%s::bigint[], %s::text[]) AS new (pk, checks)
WHERE mail.id = new.pk AND mail.checks IS NULL
"""


def prove_waiting(*, most: int) -> None:
    """Find out where up to so many stored mails come from, where DNS must be asked for it."""
    while most > 0 and asks_names() and (proven := _prove_some(min(most, TOGETHER))):
        most -= proven


def read_proofs(mails: Sequence[InboundMail]) -> None:
    """Keep what servers of ours wrote above mails, where nobody asked DNS about them."""
    unread = [mail for mail in mails if mail.checks is None]
    proofs = [read_proof(raws.raw_of(mail)) for mail in unread]
    for mail, proof in zip(unread, proofs, strict=True):
        mail.checks = proof.as_json()
    if unread:
        _keep(unread, proofs)


def proof_of(mail: InboundMail, address: str) -> Proof:
    """Return what was found out of where a mail comes from, if it is about this address."""
    proof = proof_from(mail.checks)
    return proof if proof.author == domain_of(address) else Proof()


def _prove_some(most: int) -> int:
    waiting = InboundMail.objects.unhandled().live().filter(checks__isnull=True).order_by("pk")
    numbers = _within(list(waiting.values_list("pk", "size")[:most]))
    mails = list(InboundMail.objects.filter(pk__in=numbers).defer("raw").order_by("pk"))
    raws.fill(mails)
    proofs = prove_all([_came(mail) for mail in mails]) if mails else []
    if mails:
        _keep(mails, proofs)
    return len(mails)


def _within(found: Sequence[tuple[int, int]]) -> list[int]:
    """Return the first numbers whose mails together are not too large; at least one."""
    left = TOGETHER_BYTES
    numbers: list[int] = []
    for number, size in found:
        if numbers and size > left:
            break
        left -= size
        numbers.append(number)
    return numbers


def _came(mail: InboundMail) -> Came:
    return Came(
        raw=raws.raw_of(mail),
        peer=mail.peer,
        envelope_from=mail.envelope_from,
        at=mail.received_at,
    )


def _keep(mails: Sequence[InboundMail], proofs: Sequence[Proof]) -> None:
    checks = [json.dumps(proof.as_json()) for proof in proofs]
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [[mail.pk for mail in mails], checks])
