"""Reports are for leads and administrators."""

from __future__ import annotations

from django.test import Client
from django.urls import URLPattern, reverse

from answerable.cast import Cast
from answerable.reports.tests.conftest import SignIn
from answerable.reports.urls import urlpatterns

NAMES = [str(pattern.name) for pattern in urlpatterns if isinstance(pattern, URLPattern)]


def test_only_leads_and_administrators_open_it(
    cast: Cast, sign_in: SignIn, client: Client
) -> None:
    ana, dana = sign_in(cast.ana), sign_in(cast.dana)
    lena, ida = sign_in(cast.lena), sign_in(cast.ida)
    for name in NAMES:
        place = reverse(f"reports:{name}")
        refused = ana.get(place)
        assert refused.status_code == 403, name
        assert "You need Lead access to open this" in refused.content.decode()
        assert dana.get(place).status_code == 404, name
        assert client.get(place).headers["Location"].startswith("/sign-in/"), name
        assert {who.get(place, follow=True).status_code for who in (lena, ida)} == {200}


def test_the_desk_leads_there_whom_it_lets_in(cast: Cast, sign_in: SignIn) -> None:
    link = 'href="/desk/reports/promises/"'
    assert link in sign_in(cast.lena).get("/desk/").content.decode()
    assert link not in sign_in(cast.ana).get("/desk/").content.decode()
