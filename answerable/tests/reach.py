"""Is a page for everybody? What browser tests ask of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def problems(page: Page, part: str | None = None) -> list[str]:
    """Return what stands in somebody's way on a page, or in a part of it that lies over the
    rest: broken rules (axe), and lines that are too wide."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  # For browser tests only.

    rules = {"type": "tag", "values": TAGS}
    found = Axe().run(page, part, options={"runOnly": rules, "preload": False})
    broken = [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
    wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return [*broken, f"too wide by {wide} pixels"] if wide > 0 else broken
