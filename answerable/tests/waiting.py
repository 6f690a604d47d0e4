"""Waits for what a page's script knows and nobody sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# Playwright's own `wait_for_function` needs eval, which the policy of our pages forbids.
LOOKING = """(one, given) => new Promise((found, missed) => {
  let left = 400
  const look = () => {
    if ((%s)(one, given)) found()
    else if (left-- > 0) setTimeout(look, 25)
    else missed(new Error("It did not come to hold."))
  }
  look()
})"""


def wait_until(page: Page, holds: str) -> None:
    """Wait until an expression of a page's script holds; ten seconds at most."""
    page.evaluate(f"() => ({LOOKING % f'() => {holds}'})()")


def wait_until_it(one: Locator, holds: str, given: Any = None) -> None:
    """Wait until a function of an element and of what is given holds; ten seconds at most."""
    one.evaluate(LOOKING % holds, given)
