"""What cannot be meant in the environment is said in words that an operator understands."""

from __future__ import annotations

import pytest

from answerable.lib.env import BadSetting, env_int


@pytest.mark.parametrize(("value", "number"), [("", 10), ("0", 0), ("30", 30)])
def test_a_number_is_read_within_its_limits(
    monkeypatch: pytest.MonkeyPatch, value: str, number: int
) -> None:
    monkeypatch.setenv("NUMBER", value)
    assert env_int("NUMBER", 10, most=30) == number


@pytest.mark.parametrize("value", ["31", "-1"])
def test_a_number_beyond_its_limits_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("NUMBER", value)
    with pytest.raises(BadSetting, match="NUMBER must be from 0 to 30"):
        env_int("NUMBER", 10, most=30)
