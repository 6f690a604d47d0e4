"""A plan that cannot be meant is refused in words that say where and what instead."""

from __future__ import annotations

import pytest

from answerable.entitlements.tests.changing import (
    NORMAL,
    UPDATES,
    URGENT,
    Change,
    add,
    drop,
    found,
    put,
    target,
)

SENSE: list[tuple[Change, tuple[str | int, ...], str]] = [
    # Calendars.
    (
        put("calendars", "office", zone="Berlin"),
        ("calendars", "office", "zone"),
        "'Berlin' is no time zone. Write Europe/Berlin.",
    ),
    (
        put("calendars", "office", zone="../etc"),
        ("calendars", "office", "zone"),
        "is no time zone",
    ),
    (
        put("calendars", "office", mon=["8-17"]),
        ("calendars", "office", "mon", 0),
        "not an interval like",
    ),
    (
        put("calendars", "office", always=True),
        ("calendars", "office", "always"),
        "It is always open and has hours or days off.",
    ),
    (
        drop("calendars", "always", "always"),
        ("calendars", "always"),
        "This calendar is never open. Add hours, or choose 24",
    ),
    # Chats: a promise that is over before it is due.
    (
        target(NORMAL, metric="chat_pickup"),
        ("targets", 1, "within"),
        "A chat becomes a request 5 min after the wait that was told, which may be before"
        " 'normal' is due. Write 'unanswered_after' of [chats] no shorter than",
    ),
    # Names that a row takes from elsewhere.
    (
        target(NORMAL, calendar="ofice"),
        ("targets", 1, "calendar"),
        "Target 'normal' names no known calendar: ofice. Did you mean 'office'?",
    ),
    (
        target(NORMAL, requester="all"),
        ("targets", 1, "requester"),
        "Target 'normal' is for nobody known: all.",
    ),
    (
        target(URGENT, channels=["form", "fax"]),
        ("targets", 0, "channels", 1),
        "Target 'urgent' names no known channel: fax. Known here: form, phone.",
    ),
    (
        target(UPDATES, severity="urgently"),
        ("targets", 3, "severity"),
        "Target 'updates' names no known severity: urgently. Did you mean 'urgent'?",
    ),
    (
        put("channels", "phone", number="901820"),
        ("channels", "phone", "number"),
        "Channel 'phone' has a number that cannot be called: 901820. Write it with its country",
    ),
    (
        put("channels", "phone", countries=["DE", "Germany"]),
        ("channels", "phone", "countries", 1),
        "Channel 'phone' names no country: Germany. Write a country with two letters, like DE.",
    ),
    (
        put("channels", "form", hours="night"),
        ("channels", "form", "hours"),
        "Channel 'form' names no known calendar: night.",
    ),
    (put("handling", standard="9m"), ("handling", "standard"), "names no known severity"),
    # Rows.
    (target(NORMAL, key="urgent"), ("targets", 1), "There are two of target 'urgent'."),
    (target(URGENT, within="0m"), ("targets", 0, "within"), "must allow some time."),
    (
        target(NORMAL, due_soon="2d"),
        ("targets", 1, "due_soon"),
        "is due soon before it has begun, or never. Write a lead shorter than 1 working day",
    ),
    (target(URGENT, kept="0%"), ("targets", 0, "kept"), "must keep 1 to 100 %."),
    (target(URGENT, every=True), ("targets", 0, "every"), "only a status_update can."),
    (
        target(UPDATES, starts="severity_set"),
        ("targets", 3, "starts"),
        "is no first reply, so its start is not open.",
    ),
    (
        target(URGENT, languages=["fr"]),
        ("targets", 0, "languages"),
        "Target 'urgent' fits nobody: nothing is guaranteed in fr.",
    ),
    # Severities and people.
    (
        put("severities", "normal", rank=1),
        ("severities", "normal", "rank"),
        "Severities 'urgent' and 'normal' have the same rank, 1.",
    ),
    (
        put("severities", "normal", critical=True),
        ("severities", "normal", "critical"),
        "Only one severity can be critical: 'urgent' is, and so is 'normal'.",
    ),
    (
        put("requesters", stranger={}),
        ("requesters", "stranger"),
        "means somebody whom nobody knows",
    ),
    # Triage and ladder.
    (put("triage", share=0), ("triage", "share"), "more than 0 and at most 1"),
    (put("triage", share="120%"), ("triage", "share"), "more than 0 and at most 1"),
    (
        lambda p: p["triage"]["rubric"].append({"key": "down", "says": "x"}),
        ("triage", "rubric", 1),
        "There are two of choice 'down'.",
    ),
    (add("ladder", at=50, tell=["lead"]), ("ladder", 1), "two of step of the ladder '50 %'"),
    (
        add("ladder", at=90, tell=["boss"]),
        ("ladder", 1, "tell", 0),
        "The ladder tells nobody known: boss.",
    ),
    (add("ladder", at=90, tell=[]), ("ladder", 1, "tell"), "must name whom it tells."),
    (add("ladder", at=1001, tell=["lead"]), ("ladder", 1, "at"), "at 0 to 1000 per cent."),
    # Pauses.
    (
        put("pauses", wating={"metrics": ["status_update"]}),
        ("pauses", "wating"),
        "ever waits in the state 'wating', so nothing pauses. Did you mean 'waiting'?",
    ),
    (
        put("pauses", "waiting", metrics=["status_updates"]),
        ("pauses", "waiting", "metrics", 0),
        "nothing is measured by the name 'status_updates'. Did you mean 'status_update'?",
    ),
    # Remedies that can never be met.
    (put("remedies", 0, metrics=[]), ("remedies", 0, "metrics"), "must name what is measured."),
    (
        put("remedies", 0, metrics=["resolution"]),
        ("remedies", 0, "metrics"),
        "Remedy 'credit' can never be met: no target has its metrics.",
    ),
    (
        put("remedies", 0, metrics=["triage"]),
        ("remedies", 0, "metrics"),
        "can never be met: what it measures is aimed for, and never missed.",
    ),
    (drop("remedies", 0, "credit"), ("remedies", 0, "credit"), "gives nothing."),
    (drop("remedies", 1, "per"), ("remedies", 1, "per"), "write for how much over"),
    (
        put("remedies", 0, measure="kept"),
        ("remedies", 0, "bands"),
        'needs bands with measure = "kept"',
    ),
    (put("remedies", 0, fiscal_start=13), ("remedies", 0, "fiscal_start"), "names no month"),
    (
        put("remedies", 2, bands=[{"below": "0%", "credit": "5%"}]),
        ("remedies", 2, "bands"),
        "has a band that nothing is below.",
    ),
    (put("remedies", 0, credit="120%"), ("remedies", 0, "credit"), "more than 100% of the fee"),
    (
        put("remedies", 0, severities=["urgnt"]),
        ("remedies", 0, "severities", 0),
        "Remedy 'credit' names no known severity: urgnt. Did you mean 'urgent'?",
    ),
    # Examples.
    (
        put("examples", 0, requester="contcat"),
        ("examples", 0, "requester"),
        "Example 'A contact writes at night' names no known requester: contcat. Did you mean "
        "'contact'?",
    ),
    (put("examples", 0, channel="fax"), ("examples", 0, "channel"), "no known channel: fax"),
    (
        put("examples", 0, start="2026-03-06 22:45"),
        ("examples", 0, "start"),
        "Enter a time with its zone, like 2026-03-06 16:45 Europe/Berlin.",
    ),
    (
        put("examples", 0, due="2026-03-06 22:15 Europe/Berlin"),
        ("examples", 0, "due"),
        "is due before it starts.",
    ),
]


@pytest.mark.parametrize(("change", "path", "words"), SENSE)
def test_it_says_what_cannot_be_meant_and_where(
    change: Change, path: tuple[str | int, ...], words: str
) -> None:
    errors = [finding for finding in found(change) if finding.is_error]
    assert [error.path for error in errors] == [path]
    assert words in str(errors[0])
