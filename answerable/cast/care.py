"""A customer of the demonstration whose plan has severities of its own, and two products."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from answerable.accounts import actions as accounts
from answerable.accounts.models import Contact
from answerable.cast.people import YEAR
from answerable.entitlements import actions as entitlements
from answerable.sla.actions import publish_text
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Opening, Said, Sender

PRESSES, PREVIEW = "Orders reach no press", "Proofs do not render"
BODIES = {
    PRESSES: "The queue of orders grows and nothing is printed. We restarted the bridge twice.",
    PREVIEW: "On the test system every proof is an empty page since the update of yesterday.",
}
PLAN = Path(__file__).parent / "care.toml"
STOPPED = Said(
    severity="urgent",
    answers=(
        (
            "Who is affected, and since when?",
            "All 60 presses in both halls, since 06:40. No order reaches them.",
        ),
    ),
)
PROOFS = Said(
    severity="high",
    answers=(("What is the way around it?", "We send proofs by mail for now."),),
)


def tell_of_care(*, at: datetime) -> Contact:
    """Let Lumen Print have Care, and ask twice: about production, and about staging."""
    version = publish_text(PLAN.read_text(), at=at - YEAR)
    lumen = accounts.add_customer(
        "Lumen Print", domains=["lumen.example"], zone="Europe/Berlin", at=at - YEAR
    )
    for product in ("service", "content"):
        entitlements.add_subscription(
            lumen, product=product, tier="professional", starts_at=at - YEAR
        )
    contract = entitlements.sign_contract(
        lumen, version, starts_at=at - YEAR, ends_at=at + YEAR
    )
    aiko = accounts.add_contact(
        lumen,
        name="Aiko Tan",
        email="aiko@lumen.example",
        product_role=Contact.Role.ADMIN,
        seat=Contact.Seat.PAID,
        at=at - YEAR,
    )
    entitlements.designate(contract, aiko, at=at - YEAR)
    _asks(aiko, PRESSES, STOPPED, ("service", "production"), at - timedelta(minutes=7))
    _asks(aiko, PREVIEW, PROOFS, ("content", "staging"), at - timedelta(minutes=45))
    return aiko


def _asks(
    contact: Contact, subject: str, said: Said, about: tuple[str, str], at: datetime
) -> None:
    opening = Opening(
        sender=Sender(contact=contact),
        subject=subject,
        body=BODIES[subject],
        channel="form",
        said=said,
        product=about[0],
        environment=about[1],
    )
    tickets.open_ticket(opening, at=at)
