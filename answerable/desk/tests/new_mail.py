"""The form of what we write to somebody first."""

from __future__ import annotations

from answerable.accounts.models import Contact

KIM, STRANGER = "kim@nordwind.example", "pat@rival.example"


def facts(person: Contact, **more: object) -> dict[str, object]:
    said: dict[str, object] = {
        "person": person.pk,
        "owner": person.email,
        "kind": "write",
        "subject": "Your invoice",
        "body": "Here it is.",
        "recipients": "1",
        "to": person.email,
        "do": "save",
    }
    return said | more
