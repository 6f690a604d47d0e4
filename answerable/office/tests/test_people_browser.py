"""What is wrong about somebody's hours is led to: by rule (axe), in both themes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.routing.actions.abilities import Facts, save_ability, save_skill
from answerable.routing.models import Skill
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("theme", "width"), [("light", 768), ("dark", 320)])
def test_a_problem_keeps_the_rules(
    cast_now: Cast, open_window: OpenWindow, theme: str, width: int
) -> None:
    skill = save_skill(Skill(name="Single sign-on", products=["service"]))
    hours = ["09:00-12:00, 13:00-17:30"] * 5 + ["", ""]
    save_ability(cast_now.ana, Facts(2, 1, 1, [skill], ["en", "de"], hours))
    person = f"/office/people/{cast_now.ana.pk}/"
    size = {"width": width, "height": 800}
    page = open_window(cast_now.ida, person, color_scheme=theme, viewport=size)
    page.get_by_label("Mon", exact=True).fill("nine to five")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#problem")).to_be_focused()
    page.get_by_role("link", name="Enter hours like 09:00-12:00").click()
    expect(page.get_by_label("Mon", exact=True)).to_be_focused()
    assert problems(page) == []
