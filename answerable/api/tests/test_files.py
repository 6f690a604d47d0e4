"""A program asks for a ticket's files, with a token; each is then had without one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.accounts.actions import make_api_token
from answerable.apart.tests.opening import attached, fetch, opened
from answerable.cast import Cast
from answerable.files.models import StoredFile
from answerable.files.tests.samples import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def headers(cast: Cast) -> dict[str, str]:
    month = timedelta(days=30)
    token = make_api_token(cast.ana, name="Archive", works_for=month, at=now())
    return {"Authorization": f"Bearer {token}"}


def test_it_lists_files_and_how_to_have_them(
    client: Client, cast: Cast, headers: dict[str, str]
) -> None:
    message = opened(cast.dana, now())
    file = attached(message, PDF, "log.pdf", at=now())
    address = f"/api/v1/tickets/{message.ticket_id}/files"
    (said,) = client.get(address, headers=headers).json()
    assert said == {
        "id": file.pk,
        "message": message.pk,
        "name": "log.pdf",
        "type": "application/pdf",
        "size": len(PDF),
        "sha256": file.file.sha256,
        "url": said["url"],
        "held": "",
    }
    path = said["url"].removeprefix("http://127.0.0.1:8000")
    assert fetch(Client().get(path)) == PDF
    assert client.get(address).status_code == 401


def test_it_says_why_a_file_is_held_back(
    client: Client, cast: Cast, headers: dict[str, str]
) -> None:
    message = opened(cast.dana, now())
    attached(message, PDF, "log.pdf", at=now())
    StoredFile.objects.update(verdict="infected", found="Eicar")
    (said,) = client.get(f"/api/v1/tickets/{message.ticket_id}/files", headers=headers).json()
    assert (said["url"], said["held"]) == (
        "",
        "Not offered: the scanner found Eicar in it.",
    )
