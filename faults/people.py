"""The cast, under a plan whose promises fall due within seconds."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email.actions import following
from answerable.channels.email.models import Mailbox
from answerable.entitlements import actions as entitlements
from answerable.lib.sealing import seal
from answerable.notices import actions as notices
from answerable.notices.models import Receiver
from answerable.rules import actions as rules
from answerable.rules.core.reading import Act, When
from answerable.rules.core.reading import Rule as Says
from answerable.sla.actions import publish
from faults.boxes import ANSWERED, HELP, PASSWORD, USERS, Boxes
from faults.hook import Hook

# How long each promise is, as a multiple of the shortest.
LENGTHS = {"standard": 1, "aim": 1.5, "critical": 2, "callback": 2}


def make_people(shortest: int) -> Cast:
    """Make the cast in an empty installation; Nordwind buys promises of `shortest` seconds."""
    at = now()
    cast = Cast(at)
    version = publish(_short_plan(shortest), at=at)
    contract = entitlements.sign_contract(cast.nordwind, version, starts_at=at)
    entitlements.suspend(cast.contract)
    for contact in (cast.dana, cast.kim):
        entitlements.designate(contract, contact, at=at)
    return cast


def follow(boxes: Boxes) -> None:
    """Have the mailboxes followed: mails of one stay, those of the other are moved away."""
    for address, user in USERS.items():
        after = Mailbox.After.MOVE if address == HELP else Mailbox.After.LEAVE
        mailbox = Mailbox(
            address=address,
            host="127.0.0.1",
            port=boxes.port,
            security=Mailbox.Security.PLAIN,
            user=user,
            secret=seal(PASSWORD),
            takes=Mailbox.Takes.ALL,
            after=after,
            move_to=ANSWERED if after == Mailbox.After.MOVE else "",
        )
        following.save_mailbox(mailbox, at=now())


def have_told(hook: Hook, cast: Cast) -> None:
    """Have a rule write a note after each reply, and a tool of the team told what is late."""
    says = Says(when=When("answered"), then=(Act("note", words="Somebody replied."),))
    rule = rules.begin_rule(name="Notes", says=says, owner=cast.ida, at=now())
    rules.start_rule(rule, is_meant=True, agent=cast.ida, at=now())
    receiver = Receiver(
        name="The team's tool",
        kind=Receiver.Kind.PLAIN,
        address=seal(hook.address),
        secret=seal("a key"),
        matters=[Receiver.Matter.CRITICAL, Receiver.Matter.LATE],
    )
    notices.save_receiver(receiver, at=now())


def _short_plan(shortest: int) -> dict[str, Any]:
    document = entitlements.read_plan_file(entitlements.SHIPPED / "premium.toml")
    for target in document["targets"]:
        seconds = int(shortest * LENGTHS[target["key"]])
        target |= {"within": f"{seconds}s", "calendar": "always"}
    del document["examples"]
    document["survey"] = {"after": "5s", "every": "1d"}
    return document
