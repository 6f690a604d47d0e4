"""Real bounces: recognised, whom they name, hard or soft, status, reason; and no others.

Where the set has a status that its own program made up (x.0.0, x.0.9nn: no server gives them),
only the class is compared.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from answerable.channels.email.core.bounce import Bounced, bounces_in
from answerable.channels.email.core.kinds import kind_of
from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.core.tree import parsed
from bench.mail_sets.verdict import Verdict

Line = dict[str, Any]
NO_FAILURE = {"feedback": ("feedback",), "vacation": ("out_of_office", "auto_reply")}


def bounce(line: Line) -> Sequence[Verdict]:
    """Return a verdict for each thing that the set knows of a mail."""
    raw = base64.b64decode(line["raw_b64"])
    mail, message = read_mail(raw), parsed(raw)
    wanted = line["recipients"]
    kinds = NO_FAILURE.get(wanted[0]["reason"], ("bounce",))
    kind = kind_of(mail, message).value
    name = line["file"].rsplit("/", 1)[-1]
    recognised = Verdict(kind in kinds, kinds[0], kind, f"recognised {name}")
    if kinds != ("bounce",):
        return [recognised]
    return [recognised, *_recipients(wanted, bounces_in(message, mail.text), name)]


def _recipients(
    wanted: Sequence[Line], found: Sequence[Bounced], name: str
) -> Iterator[Verdict]:
    named = [one.recipient for one in found if "@" in one.recipient]
    right = len(named) == len(wanted)
    yield Verdict(right, f"{len(wanted)} recipients", ", ".join(named), f"recipient {name}")
    for number, want in enumerate(wanted):
        got = found[number] if number < len(found) else Bounced("", "", "", hard=False)
        hard, is_hard = str(want["hardbounce"]), str(got.hard)
        yield Verdict(hard == is_hard, hard, is_hard, f"hard {name}")
        same = _same(want["dsn"], got.status)
        yield Verdict(same, want["dsn"], got.status, f"status {name}")
        yield Verdict(
            want["reason"] == got.reason, want["reason"], got.reason, f"reason {name}"
        )


def _same(wanted: str, got: str) -> bool:
    made_up = wanted[2:].startswith("0.") or not wanted
    return wanted[:1] == got[:1] if made_up else wanted == got


def ordinary(line: Line) -> Sequence[Verdict]:
    """Return whether a mail is taken for a bounce or complaint that is no server's report."""
    raw = base64.b64decode(line.get("raw_b64", ""))
    message = parsed(raw)
    kind = kind_of(read_mail(raw), message).value
    is_report = message.get_content_type() == "multipart/report"
    ok = is_report or kind not in {"bounce", "feedback"}
    return [Verdict(ok, "no bounce", kind, f"ordinary {line.get('file', '')}")]


SETS: dict[str, Callable[[Line], Sequence[Verdict]]] = {"bounces_sisimai.jsonl": bounce}
# Measured too, beside what other modules expect of these sets.
ORDINARY: dict[str, Callable[[Line], Sequence[Verdict]]] = {
    "zammad_mail.jsonl": ordinary,
    "mime_stalwart.jsonl": ordinary,
    "discourse_receiver.jsonl": ordinary,
}
