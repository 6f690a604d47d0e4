"""Each state of a clock by its word and shape, whatever its reader's system asks for (S-08)."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from answerable.accounts.actions import install
from answerable.cast import Cast
from answerable.tests.browser_fixtures import OpenWindow

pytestmark = pytest.mark.browser

WORDS = {
    "critical": "CRIT",
    "late": "late",
    "at-risk": "At risk",
    "soon": "Soon",
    "on-track": "min",
    "paused": "Paused",
    "not-started": "Starts",
    "kept": "Kept",
    "missed": "Missed",
    "aim": "Aim",
}
ASKED: dict[str, dict[str, Any]] = {
    "motion": {"reduced_motion": "reduce"},
    "forced": {"forced_colors": "active"},
    "contrast": {"contrast": "more"},
    "all": {"reduced_motion": "reduce", "forced_colors": "active", "contrast": "more"},
}
# A shape as it is drawn: which of 24 times 24 points it covers, in whatever colour.
DRAWN = """async (chip) => {
  const icon = chip.querySelector("svg").cloneNode(true)
  icon.setAttribute("xmlns", "http://www.w3.org/2000/svg")
  icon.setAttribute("width", 24)
  icon.setAttribute("height", 24)
  for (const use of icon.querySelectorAll("use")) {
    const mark = document.querySelector(use.getAttribute("href"))
    use.replaceWith(...[...(mark?.cloneNode(true).childNodes ?? [])])
  }
  icon.style.color = "black"
  return icon.innerHTML.trim()
}"""
MOVES = """(chip) => [chip, ...chip.querySelectorAll("*")].filter((one) => {
  const { animationName, transitionDuration } = getComputedStyle(one)
  return animationName !== "none" || parseFloat(transitionDuration) > 0.01
}).length"""
INK = """(chip) => {
  const icon = chip.querySelector("svg")
  const { width, height } = icon.getBoundingClientRect()
  const { color } = getComputedStyle(icon)
  return { width, height, same: color === getComputedStyle(chip).color }
}"""


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_s_08_each_state_has_its_word_and_its_shape(
    cast_now: Cast, open_window: OpenWindow, asked: dict[str, Any]
) -> None:
    install(demo=True, at=now())
    page = open_window(cast_now.ana, "/patterns/", **asked)
    shapes: dict[str, str] = {}
    for state, word in WORDS.items():
        chip = page.locator(f".chip--{state}").first
        expect(chip).to_be_visible()
        expect(chip).to_contain_text(word)
        ink = chip.evaluate(INK)
        assert (ink["width"], ink["height"]) >= (10, 10), state
        assert ink["same"], state
        shapes[state] = chip.evaluate(DRAWN)
        if "reduced_motion" in asked:
            assert chip.evaluate(MOVES) == 0, state
    alike = [pair for pair in combinations(shapes, 2) if shapes[pair[0]] == shapes[pair[1]]]
    assert alike == []
    assert all(shapes.values())
