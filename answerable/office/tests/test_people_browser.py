"""The pages about people, skills and answers: by rule (axe), in both themes, at any width."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.routing.actions.abilities import Facts, save_ability, save_skill
from answerable.routing.models import Skill
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 768), ("dark", 320)])
def test_its_pages_keep_the_rules(
    cast_now: Cast, open_window: OpenWindow, theme: str, width: int
) -> None:
    skill = save_skill(Skill(name="Single sign-on", products=["service"]))
    hours = ["09:00-12:00, 13:00-17:30"] * 5 + ["", ""]
    save_ability(cast_now.ana, Facts(2, 1, 1, [skill], ["en", "de"], hours))
    person = f"/office/people/{cast_now.ana.pk}/"
    skills = f"/office/people/skills/{skill.pk}/"
    size = {"width": width, "height": 800}
    page = open_window(cast_now.ida, "/office/people/", color_scheme=theme, viewport=size)
    found: dict[str, list[str]] = {}
    for path in ("/office/people/", person, "/office/people/skills/", skills):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        if there := problems(page):
            found[path] = there
    page.goto(person)
    page.get_by_label("Mon", exact=True).fill("nine to five")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#problem")).to_be_focused()
    page.get_by_role("link", name="Enter hours like 09:00-12:00").click()
    expect(page.get_by_label("Mon", exact=True)).to_be_focused()
    found["with a problem"] = problems(page)
    assert {path: there for path, there in found.items() if there} == {}
