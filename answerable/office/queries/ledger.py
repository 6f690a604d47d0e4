"""One mail of the ledger as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.channels.email.core.charsets import decoded
from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.ledger import OPEN_TO_DECISION, REPLAYABLE
from answerable.channels.email.models import InboundMail, Verdict
from answerable.channels.email.raws import pieces

LONGEST_READ = 5 * 1024 * 1024
LONGEST_TEXT = 20_000
LONGEST_HEAD = 32 * 1024


@dataclass(frozen=True, slots=True)
class MailPage:
    """A mail: its headers and text as text, its files by name, and what was decided before."""

    mail: InboundMail
    head: str
    text: str
    files: list[str]
    is_cut: bool
    verdicts: list[Verdict]
    may_decide: bool
    may_replay: bool


def mail_page(number: int) -> MailPage | None:
    """Return a mail's page, or None. A long one is shown by its headers alone."""
    mails = InboundMail.objects.defer("raw").select_related("ticket", "decided_by")
    mail = mails.filter(pk=number).first()
    if mail is None:
        return None
    is_long = mail.size > LONGEST_READ
    raw = b"".join(pieces(mail, most=LONGEST_HEAD if is_long else LONGEST_READ))
    text, files = ("", []) if is_long else _text(raw)
    verdicts = mail.verdicts.select_related("decided_by", "undone_by", "replay")
    return MailPage(
        mail=mail,
        head=_head(raw),
        text=text[:LONGEST_TEXT],
        files=files,
        is_cut=is_long or len(text) > LONGEST_TEXT,
        verdicts=list(verdicts.order_by("-pk")),
        may_decide=mail.state in OPEN_TO_DECISION,
        may_replay=mail.state in REPLAYABLE,
    )


def _text(raw: bytes) -> tuple[str, list[str]]:
    says = read_mail(raw)
    return says.text.strip(), [file.name or "?" for file in says.attachments]


def _head(raw: bytes) -> str:
    head = raw[:LONGEST_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return decoded(head, None).strip()
