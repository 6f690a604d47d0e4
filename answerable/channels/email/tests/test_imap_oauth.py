"""Signing in with a token that another server gives out, against a real one that checks it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.utils.timezone import now
from pytest_django import Settings

from answerable.channels.email.actions import following
from answerable.channels.email.imap.follower import Follower
from answerable.channels.email.imap.line import line_to
from answerable.channels.email.imap.trouble import Trouble
from answerable.channels.email.mailboxes import Mailbox
from answerable.channels.email.models import InboundMail
from answerable.channels.email.tests.dovecot import Dovecot, dovecot
from answerable.channels.email.tests.post import mail_of
from answerable.lib.outbound.deciding import allowed_by
from answerable.lib.sealing import seal

pytestmark = pytest.mark.django_db(transaction=True)
REFRESH, ACCESS = "refresh-1", "access-1"


class Tokens(BaseHTTPRequestHandler):
    """Gives out access tokens for the one refresh token, and says whether one is good."""

    def do_POST(self) -> None:
        """Answer one of the two questions."""
        length = int(self.headers.get("Content-Length", 0))
        asked = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        if self.path == "/token":
            good = asked.get("refresh_token") == REFRESH and asked["client_id"] == "answerable"
            answer = {"access_token": ACCESS, "refresh_token": "refresh-2", "expires_in": 3600}
            self._say(answer if good else {"error": "invalid_grant"}, 200 if good else 400)
        else:
            active = asked.get("token") == ACCESS
            self._say({"active": "true" if active else "false", "email": "oauth"}, 200)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _say(self, answer: dict[str, object], status: int) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def tokens(settings: Settings) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tokens)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    settings.ANSWERABLE_OUTBOUND_ALLOW = allowed_by([url, "127.0.0.0/8"])
    yield url
    server.shutdown()
    thread.join()
    server.server_close()


def mailbox_of(server: Dovecot, url: str, refresh: str = REFRESH) -> Mailbox:
    mailbox = Mailbox(
        address="support@answerable.example",
        host="127.0.0.1",
        port=server.port,
        security=Mailbox.Security.PLAIN,
        user="oauth",
        sign_in=Mailbox.SignIn.OAUTH,
        secret=seal(refresh),
        token_url=f"{url}/token",
        client_id="answerable",
        takes=Mailbox.Takes.ALL,
    )
    return following.save_mailbox(mailbox, at=now())


@pytest.mark.parametrize("mechanism", ["AUTH=OAUTHBEARER", "AUTH=XOAUTH2"])
def test_it_signs_in_with_a_token_and_keeps_the_new_refresh_token(
    tokens: str, mechanism: str
) -> None:
    with dovecot(f"{tokens}/introspect") as server:
        if mechanism == "AUTH=XOAUTH2":
            config = server.config.read_text().replace("xoauth2 oauthbearer\n", "xoauth2\n")
            server.config.write_text(config)
            server.stop()
            server.start()
        server.deliver("oauth", mail_of("dana@nordwind.example"))
        mailbox = mailbox_of(server, tokens)
        with line_to(mailbox) as line:
            Follower(mailbox.pk, threading.Event()).look(line, mailbox)
    assert InboundMail.objects.count() == 1
    mailbox.refresh_from_db()
    assert mailbox.opened_secret() == "refresh-2"
    assert "refresh-2" not in mailbox.secret


def test_it_says_so_when_no_token_is_given_out(tokens: str) -> None:
    with dovecot(f"{tokens}/introspect") as server:
        mailbox = mailbox_of(server, tokens, refresh="long gone")
        with pytest.raises(Trouble) as trouble, line_to(mailbox):
            pass
    assert (trouble.value.why, trouble.value.says) == ("token", "invalid_grant")
