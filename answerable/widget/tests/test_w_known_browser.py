"""What we know is wrong stands above the question, as soon as it is known (ux.md 5.3, W1)."""

from __future__ import annotations

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.incidents.actions import end_incident
from answerable.incidents.models import Follower
from answerable.incidents.tests.scenes import slow_exports
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.widget.tests.hosting import Host, opened

pytestmark = pytest.mark.browser

FIXING = "We are fixing: exports are slow (since "
ADDED = "Added. We will write to you when it is fixed."


def test_w_1_a_new_incident_appears_and_is_followed_without_a_reload(
    cast_now: Cast, host: Host, open_window: OpenWindow
) -> None:
    page = host.window(cast_now.dana)
    with page.expect_response("**/widget/stream/**"):
        panel = opened(page)
    portal = open_window(cast_now.dana, "/contact/")
    expect(portal.get_by_text("Times live")).to_be_visible()
    expect(panel.get_by_label("Known problems")).to_be_hidden()
    incident = slow_exports(cast_now.ana, now(), product="")
    known = panel.get_by_label("Known problems")
    expect(known).to_contain_text(FIXING)
    expect(portal.get_by_label("Known problems")).to_contain_text(FIXING)
    assert problems(page) == []
    panel.get_by_role("button", name="This affects me too").click()
    expect(known).to_contain_text(ADDED)
    expect(known).to_be_focused()
    assert Follower.objects.get().is_affected
    assert problems(portal) == []
    end_incident(incident, {}, agent=cast_now.ana, at=now())
    expect(portal.get_by_label("Known problems")).to_be_hidden()
