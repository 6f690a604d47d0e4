"""What a plan must not say: terms that no clock could run on, or that fit nobody. Pure.

Each check notes all it finds. What could not even be read is left out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from answerable.entitlements.core import clause_sense, target_sense
from answerable.entitlements.core.calls import check_calls
from answerable.entitlements.core.chat_policy import check_chats
from answerable.entitlements.core.findings import Findings
from answerable.entitlements.core.plan import Channel, Severity, Terms
from answerable.entitlements.core.silence import check_silence
from answerable.entitlements.core.survey import check_survey
from answerable.entitlements.core.wrong import Path

TOLD = {
    "on_duty",
    "agent",
    "lead",
    "administrator",
    "account_manager",
    "on_call_1",
    "on_call_2",
    "head_of_support",
}
FURTHEST_STEP = 1000
NUMBER = re.compile(r"\+[1-9][0-9 ()-]{5,30}")
COUNTRY = re.compile(r"[A-Z]{2}")


def check(terms: Terms, findings: Findings) -> None:
    """Note what cannot be meant, and what hardly can."""
    for what, keys in _keys(terms):
        _once(what, keys, findings)
    _people(terms, findings)
    _channels(terms, findings)
    _ladder(terms, findings)
    _severities(terms, findings)
    if not 0 < terms.triage_share <= 1:
        findings.error(
            ("triage", "share"), "The triage share must be more than 0 and at most 1."
        )
    target_sense.check_targets(terms, findings)
    clause_sense.check_clauses(terms, findings)
    check_calls(terms, findings)
    check_chats(terms, findings)
    check_silence(terms, findings)
    check_survey(terms, findings)


def _keys(terms: Terms) -> Iterator[tuple[str, list[tuple[Path, str]]]]:
    """Yield everything that must be there only once: what it is, and its places and names."""
    yield "target", [(("targets", n), t.key) for n, t in enumerate(terms.targets)]
    for name, phrases in (("rubric", terms.rubric), ("not_critical", terms.not_critical)):
        yield "choice", [(("triage", name, n), p.key) for n, p in enumerate(phrases)]
    percents = [f"{step.percent} %" for step in terms.ladder]
    yield "step of the ladder", [(("ladder", n), words) for n, words in enumerate(percents)]
    yield "exception", [(("exceptions", n), e.code) for n, e in enumerate(terms.exceptions)]
    yield "remedy", [(("remedies", n), r.key) for n, r in enumerate(terms.remedies)]


def _once(what: str, keys: Iterable[tuple[Path, str]], findings: Findings) -> None:
    seen: set[str] = set()
    for path, key in keys:
        if findings.is_broken(path):
            continue
        if key in seen:
            pattern = "There are two of {what} '{key}'."
            findings.error(path, pattern, "Give one of them another name.", what=what, key=key)
        seen.add(key)


def _people(terms: Terms, findings: Findings) -> None:
    if clause_sense.STRANGER in terms.requesters:
        path: Path = ("requesters", clause_sense.STRANGER)
        pattern = "'{key}' means somebody whom nobody knows, and is no class of people."
        findings.error(path, pattern, "Give it another name.", key=clause_sense.STRANGER)


def _channels(terms: Terms, findings: Findings) -> None:
    for key, channel in terms.channels.items():
        if channel.hours:
            pattern = "Channel '{key}' names no known calendar: {word}."
            table = ("calendars", terms.calendars)
            findings.look_up(("channels", key, "hours"), pattern, channel.hours, table, key=key)
        _telephone(key, channel, findings)


def _telephone(key: str, channel: Channel, findings: Findings) -> None:
    """Note a number that cannot be called, and what is no country's two letters."""
    if channel.number and not NUMBER.fullmatch(channel.number):
        pattern = "Channel '{key}' has a number that cannot be called: {word}."
        advice = "Write it with its country code, like +49 30 901820."
        path: Path = ("channels", key, "number")
        findings.error(path, pattern, advice, key=key, word=channel.number)
    for place, country in enumerate(channel.countries):
        if not COUNTRY.fullmatch(country):
            pattern = "Channel '{key}' names no country: {word}."
            advice = "Write a country with two letters, like DE."
            path = ("channels", key, "countries", place)
            findings.error(path, pattern, advice, key=key, word=country[:20])


def _ladder(terms: Terms, findings: Findings) -> None:
    for number, step in enumerate(terms.ladder):
        path: Path = ("ladder", number)
        if step.percent > FURTHEST_STEP:
            pattern = "A step must be at 0 to {most} per cent."
            findings.error((*path, "at"), pattern, most=FURTHEST_STEP)
        for place, role in enumerate(step.tell):
            if role not in TOLD:
                pattern = "The ladder tells nobody known: {role}."
                findings.unknown((*path, "tell", place), pattern, role, TOLD, role=role)


def _severities(terms: Terms, findings: Findings) -> None:
    read = [one for one in terms.severities.values() if not findings.is_broken(_at(one))]
    _ranks(read, findings)
    _only_one("default", [one for one in read if one.is_default], findings)
    _only_one("critical", [one for one in read if one.is_critical], findings)
    for key in terms.handling:
        pattern = "'handling' names no known severity: {word}."
        findings.look_up(("handling", key), pattern, key, ("severities", terms.severities))


def _ranks(severities: list[Severity], findings: Findings) -> None:
    ranks: dict[int, str] = {}
    for severity in severities:
        if severity.rank in ranks:
            findings.error(
                (*_at(severity), "rank"),
                "Severities '{one}' and '{other}' have the same rank, {rank}.",
                "Rank 1 is the worst; give each a rank of its own.",
                one=ranks[severity.rank],
                other=severity.key,
                rank=severity.rank,
            )
        ranks.setdefault(severity.rank, severity.key)


def _only_one(what: str, severities: list[Severity], findings: Findings) -> None:
    for severity in severities[1:]:
        findings.error(
            (*_at(severity), what),
            "Only one severity can be {what}: '{one}' is, and so is '{other}'.",
            what=what,
            one=severities[0].key,
            other=severity.key,
        )


def _at(severity: Severity) -> Path:
    return ("severities", severity.key)
