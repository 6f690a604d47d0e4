"""What a plan says of chats."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from answerable.entitlements.core.chat_policy import (
    ChatPolicy,
    policy_as_json,
    policy_from_json,
    read_chat_policy,
)
from answerable.entitlements.core.rows import Row

MINUTE = timedelta(minutes=1)


def read(**said: Any) -> tuple[ChatPolicy, list[str]]:
    row = Row("chats", said)
    policy = read_chat_policy(row)
    return policy, [str(finding) for finding in row.findings.found]


def test_what_is_left_out_has_its_default() -> None:
    assert read() == (ChatPolicy(), [])


def test_it_reads_what_a_plan_says() -> None:
    policy, wrong = read(
        unanswered_after="3 min", warn_after="10 min", idle_after="15m", transcript_to=["agent"]
    )
    assert wrong == []
    assert (policy.unanswered_after, policy.warn_after) == (3 * MINUTE, 10 * MINUTE)
    assert (policy.idle_after, policy.transcript_to) == (15 * MINUTE, ("agent",))


@pytest.mark.parametrize(
    "said",
    [
        {"idle_after": "20 min"},  # before the warning
        {"suggest_after": "26 min"},  # after the warning
        {"transcript_to": ["everybody"]},
        {"idle": "30 min"},
        {"gone_after": "soon"},
    ],
)
def test_what_cannot_be_meant_is_refused(said: dict[str, Any]) -> None:
    assert read(**said)[1]


def test_a_chat_keeps_the_policy_of_its_beginning() -> None:
    policy, _ = read(mail_after="90s", transcript_to=["customer"])
    assert policy_from_json(policy_as_json(policy)) == policy
    assert policy_from_json({}) == ChatPolicy()
