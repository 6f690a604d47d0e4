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
        ("is away", {"subject": "Automatic reply: Exports"}, Kind.OUT_OF_OFFICE, False),
        (
            "is away in German",
            {"subject": "Abwesenheitsnotiz: Export"},
            Kind.OUT_OF_OFFICE,
            False,
        ),
        (
            "says so, and that somebody is away",
            {"headers": {"auto-submitted": "auto-replied"}, "subject": "Away until May 5"},
            Kind.OUT_OF_OFFICE,
            True,
        ),
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
        ("is a mail server", {"sender": "mailer-daemon@mx.example"}, Kind.BOUNCE, False),
        ("complains", {"report": "feedback-report"}, Kind.FEEDBACK, True),
        (
            "passes on a complaint",
            {
                "subject": "complaint about message from 192.0.2.1",
                "types": frozenset({"message/rfc822"}),
            },
            Kind.FEEDBACK,
            True,
        ),
        (
            "unsubscribes by itself",
            {"headers": {"auto-submitted": "auto-replied"}, "subject": "unsubscribe"},
            Kind.FEEDBACK,
            True,
        ),
        ("was read", {"report": "disposition-notification"}, Kind.AUTO_REPLY, True),
        ("arrived", {"is_success": True}, Kind.AUTO_REPLY, True),
        ("accepts an invitation", {"method": "REPLY"}, Kind.CALENDAR, False),
        (
            "returns a mail in Japanese",
            {"sender": "postmaster@mx.example", "subject": "配信できませんでした"},
            Kind.BOUNCE,
            True,
        ),
        (
            "names a failed recipient",
            {"sender": "noreply@mx.example", "reads_as_failure": True},
            Kind.BOUNCE,
            True,
        ),
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
        ("comes from a postmaster who writes", {"sender": "postmaster@nordwind.example"}),
        ("asks about a bounce", {"subject": "Delivery failed: what does it mean?"}),
        ("wants to unsubscribe", {"subject": "unsubscribe"}),
        ("invites", {"method": "REQUEST"}),
        ("has first-class precedence", {"headers": {"precedence": "first-class"}}),
    ],
)
def test_it_lets_people_through_whose_mail(it: str, told: dict[str, object]) -> None:
    assert why_automatic(signs(**told)) is None, it
