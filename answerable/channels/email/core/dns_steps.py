"""What DNS says of a domain that sends mail: MX, SPF, DKIM and DMARC, each in words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

# Returns the records of a kind under a name; none where there are none. What it raises
# ends all.
Ask = Callable[[str, str], Sequence[str]]
Step = tuple[bool, str]


def dns_steps(domain: str, keys: Sequence[tuple[str, str]], ask: Ask) -> Iterator[Step]:
    """Return what was found for a domain; `keys` are names of DKIM records and their texts."""
    servers = ask(domain, "MX")
    yield (
        bool(servers),
        f"MX: mail to {domain} goes to {', '.join(servers)}."
        if servers
        else f"MX: {domain} has none, so no reply and no bounce comes back.",
    )
    yield _only_one(f"SPF of {domain}", _starting(ask(domain, "TXT"), "v=spf1"))
    for name, record in keys:
        found = ask(name, "TXT")
        fine = _same(record) in {_same(text) for text in found}
        yield fine, f"DKIM: {name} {'is published' if fine else 'is not what it must be'}."
    policies = _starting(ask(f"_dmarc.{domain}", "TXT"), "v=dmarc1")
    yield _only_one(f"DMARC of {domain}", policies)


def _starting(texts: Sequence[str], start: str) -> list[str]:
    return [text for text in texts if text.strip().lower().startswith(start)]


def _only_one(what: str, texts: Sequence[str]) -> Step:
    if not texts:
        return False, f"{what}: none."
    if len(texts) > 1:
        return False, f"{what}: {len(texts)} records, and there must be one."
    return True, f"{what}: {texts[0]}"


def _same(record: str) -> str:
    return "".join(record.split())
