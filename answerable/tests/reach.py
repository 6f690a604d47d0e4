"""Is a page for everybody? What browser tests ask of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
RUN = """(rules) => axe.run({ runOnly: rules, preload: false, resultTypes: ["violations"] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)))"""
# A colour on its way to another one is neither: what moves comes to its end first.
STILL = """() => {
  const all = [document, ...[...document.querySelectorAll("*")].map((one) => one.shadowRoot)]
  for (const one of all.flatMap((root) => root?.getAnimations() ?? []))
    if (one.effect?.getComputedTiming().endTime !== Infinity) one.finish()
}"""
WIDE = "document.scrollingElement.scrollWidth - innerWidth"


def problems_as_it_is(page: Page, *, contrast_alone: bool = False) -> list[str]:
    """Return the same of a page that is asked several times: axe comes into it once."""
    from axe_playwright_python.base import AXE_SCRIPT  # noqa: PLC0415  # For browser tests only.

    if not page.evaluate("'axe' in self"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(STILL)
    rules = CONTRAST if contrast_alone else {"type": "tag", "values": TAGS}
    broken: list[str] = page.evaluate(RUN, rules)
    wide = page.evaluate(WIDE)
    return [*broken, f"too wide by {wide} pixels"] if wide > 0 else broken


def problems(page: Page, part: str | None = None) -> list[str]:
    """Return what stands in somebody's way on a page, or in a part of it that lies over the
    rest: broken rules (axe), and lines that are too wide."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  # For browser tests only.

    page.evaluate(STILL)
    rules = {"type": "tag", "values": TAGS}
    found = Axe().run(page, part, options={"runOnly": rules, "preload": False})
    broken = [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
    wide = page.evaluate(WIDE)
    return [*broken, f"too wide by {wide} pixels"] if wide > 0 else broken
