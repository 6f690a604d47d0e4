"""A machine's mail is known by what it says of itself, and no person's is taken for one."""

from __future__ import annotations

import pytest

from answerable.channels.email.core.automatic import Kind, Machine, Signs, why_automatic


def signs(**more: object) -> Signs:
    told: dict[str, object] = {
        "headers": {},
        "content_type": "text/plain",
        "envelope_from": "dana@nordwind.example",
        "sender": "dana@nordwind.example",
        "subject": "Exports fail",
        "is_own": False,
    }
    return Signs(**(told | more))  # type: ignore[arg-type]


def machine(**more: object) -> Machine:
    found = why_automatic(signs(**more))
    assert found
    return found


@pytest.mark.parametrize(
    ("it", "told", "kind", "certain"),
    [
        ("says so", {"headers": {"auto-submitted": "auto-replied"}}, Kind.AUTO_REPLY, True),
        (
            "is generated",
            {"headers": {"auto-submitted": "auto-generated; x"}},
            Kind.AUTO_REPLY,
            True,
        ),
        ("replies by itself", {"headers": {"x-autoreply": "yes"}}, Kind.AUTO_REPLY, True),
        (
            "says so in Precedence",
            {"headers": {"precedence": "auto_reply"}},
            Kind.AUTO_REPLY,
            True,
        ),
        ("is away", {"subject": "Automatic reply: Exports"}, Kind.AUTO_REPLY, False),
        ("is away in German", {"subject": "Abwesenheitsnotiz: Export"}, Kind.AUTO_REPLY, False),
        ("has no return path", {"envelope_from": ""}, Kind.AUTO_REPLY, False),
        ("reports", {"content_type": "multipart/report"}, Kind.BOUNCE, True),
        (
            "names failed recipients",
            {"headers": {"x-failed-recipients": "a@b"}},
            Kind.BOUNCE,
            True,
        ),
        (
            "returns a mail in free text",
            {
                "sender": "mailer-daemon@mx.example",
                "subject": "Undelivered Mail Returned to Sender",
            },
            Kind.BOUNCE,
            True,
        ),
        ("is a mail server", {"sender": "postmaster@mx.example"}, Kind.BOUNCE, False),
        ("came by a list", {"headers": {"list-id": "<dev.example>"}}, Kind.LIST, False),
        ("was sent in bulk", {"headers": {"precedence": "bulk"}}, Kind.LIST, False),
        ("is our own", {"is_own": True}, Kind.OWN, True),
    ],
)
def test_it(it: str, told: dict[str, object], kind: Kind, certain: bool) -> None:
    found = machine(**told)
    assert (found.kind, found.certain) == (kind, certain), it
    assert found.why.endswith("."), it


@pytest.mark.parametrize(
    ("it", "told"),
    [
        ("says that it is not", {"headers": {"auto-submitted": "no"}}),
        ("says that it is no reply", {"headers": {"x-autoreply": "no"}}),
        (
            "asks that nobody replies by itself",
            {"headers": {"x-auto-response-suppress": "All"}},
        ),
        ("speaks of being away", {"subject": "Abwesenheit: wer vertritt Dana?"}),
        ("speaks of returned mail", {"subject": "Returned mail: your invoice came back"}),
        ("speaks of the office", {"subject": "Out of office rooms after the move"}),
        ("has first-class precedence", {"headers": {"precedence": "first-class"}}),
    ],
)
def test_it_lets_people_through_whose_mail(it: str, told: dict[str, object]) -> None:
    assert why_automatic(signs(**told)) is None, it
