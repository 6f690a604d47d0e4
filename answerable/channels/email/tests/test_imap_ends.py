"""Following a mailbox goes on, whatever ends, and says why where it cannot."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.utils.timezone import now

from answerable.channels.email.actions import following
from answerable.channels.email.actions.following import Overtaken
from answerable.channels.email.core import following as pauses
from answerable.channels.email.imap import line as lines
from answerable.channels.email.imap.follower import MOST_TRIES, Follower
from answerable.channels.email.imap.keeper import Keeper, follow_alone, locked
from answerable.channels.email.imap.line import line_to
from answerable.channels.email.imap.trouble import Trouble
from answerable.channels.email.mailboxes import Mailbox
from answerable.channels.email.models import InboundMail
from answerable.channels.email.tests.boxes import (
    DANA,
    has_come,
    look,
    mailbox_of,
    stored,
    until,
)
from answerable.channels.email.tests.dovecot import PASSWORD, Dovecot, dovecot
from answerable.channels.email.tests.post import mail_of
from answerable.lib.sealing import seal

ALL, NEW = Mailbox.Takes.ALL, Mailbox.Takes.NEW
MEGABYTE = 1024 * 1024
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as server:
        yield server


@pytest.fixture
def user(request: pytest.FixtureRequest) -> str:
    return str(request.node.name).replace("[", "-").strip("]")[:60]


def test_one_mail_that_is_not_given_out_does_not_keep_the_others(
    server: Dovecot, user: str
) -> None:
    server.deliver(user, mail_of(DANA, "Whole."), mail_of(DANA, "Broken."), mail_of(DANA))
    files = sorted((server.folder / "mail" / user).rglob("*.M*"))
    broken = next(file for file in files if b"Broken." in file.read_bytes())
    broken.chmod(0)
    mailbox = mailbox_of(server, user)
    follower = Follower(mailbox.pk, threading.Event())
    troubles = 0
    while len(stored()) < 3:
        mailbox.refresh_from_db()
        try:
            with line_to(mailbox) as line:
                follower.look(line, mailbox)
        except Trouble:
            troubles += 1
    assert MOST_TRIES <= troubles <= MOST_TRIES + 1
    assert [mail.state for mail in stored()] == ["stored", "refused", "stored"]
    assert stored()[1].reason.startswith("The mail server has it and does not give it out")


def test_it_hears_of_a_mail_at_once(server: Dovecot, user: str) -> None:
    mailbox = mailbox_of(server, user)
    with line_to(mailbox) as line:
        Follower(mailbox.pk, threading.Event()).look(line, mailbox)
        threading.Thread(target=server.deliver, args=[user, mail_of(DANA)]).start()
        while not stored():
            line.wait(threading.Event())
            Follower(mailbox.pk, threading.Event()).look(line, mailbox)
    assert len(stored()) == 1


def test_it_asks_again_and_again_where_the_server_does_not_tell(
    server: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "POLL_SECONDS", 0)
    mailbox = mailbox_of(server, user)
    with line_to(mailbox) as line:
        line._can.discard(b"IDLE")
        server.deliver(user, mail_of(DANA))
        line.wait(threading.Event())
        Follower(mailbox.pk, threading.Event()).look(line, mailbox)
    assert len(stored()) == 1


def test_it_follows_through_every_end_of_the_server(
    user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "PAUSES", (0.02,))
    with dovecot() as server:
        mailbox = mailbox_of(server, user)
        stop = threading.Event()
        following_it = threading.Thread(target=follow_alone, args=[mailbox.pk, stop])
        following_it.start()
        try:
            for number in range(3):
                server.deliver(user, mail_of(DANA, f"Text {number}."))
                until(partial(has_come, number + 1))
                server.stop()
                until(lambda: bool(Mailbox.objects.get(pk=mailbox.pk).problem))
                server.start()
                until(lambda: not Mailbox.objects.get(pk=mailbox.pk).problem)
        finally:
            stop.set()
            following_it.join(30)
    assert not following_it.is_alive()
    assert InboundMail.objects.count() == 3


def test_a_server_that_ends_as_its_folder_opens_is_a_broken_line(user: str) -> None:
    with dovecot() as server:
        mailbox = mailbox_of(server, user)
        with server.client(user) as client:
            told = client.select_folder("INBOX")
            server.stop()
            with pytest.raises(Trouble) as trouble:
                lines.Line(client, mailbox, told)
    assert trouble.value.why == "broken"


def test_one_process_follows_a_mailbox(server: Dovecot, user: str) -> None:
    server.deliver(user, mail_of(DANA))
    mailbox = mailbox_of(server, user)
    with locked(mailbox.pk) as first, locked(mailbox.pk) as second:
        assert (bool(first), bool(second)) == (True, False)
        follow_alone(mailbox.pk, threading.Event())
    assert stored() == []


def test_whoever_was_overtaken_stores_nothing(server: Dovecot, user: str) -> None:
    server.deliver(user, mail_of(DANA))
    mailbox = mailbox_of(server, user)
    late = Mailbox.objects.get(pk=mailbox.pk)
    with line_to(late) as line:
        look(mailbox)
        with pytest.raises(Overtaken):
            Follower(mailbox.pk, threading.Event()).look(line, late)
    assert len(stored()) == 1


def test_whoever_was_overtaken_without_a_lock_leaves_the_mailbox(
    server: Dovecot, user: str
) -> None:
    mailbox = mailbox_of(server, user)
    with locked(mailbox.pk) as lock:
        assert lock
        stop = threading.Event()
        # It follows on, as it does when a restart of PostgreSQL has ended its session.
        late = Follower(mailbox.pk, stop, is_ours=lock.is_there)
        running = threading.Thread(target=late.run)
        running.start()
        until(lambda: bool(Mailbox.objects.get(pk=mailbox.pk).looked_at))
        lock.wire.close()
        # Another process has read on meanwhile.
        following.take_in(Mailbox.objects.get(pk=mailbox.pk), [], last_uid=1, at=now())
        server.deliver(user, mail_of(DANA))
        running.join(30)
        assert not running.is_alive()
        assert not stop.is_set()
    assert stored() == []


def test_the_keeper_follows_what_is_there_and_leaves_what_is_gone(
    server: Dovecot, user: str
) -> None:
    mailbox = mailbox_of(server, user)
    keeper = Keeper()
    keeper.look()
    server.deliver(user, mail_of(DANA))
    until(lambda: InboundMail.objects.count() == 1)
    followed = keeper._followed[mailbox.pk]
    following.delete_mailbox(mailbox)
    keeper.look()
    followed.thread.join(30)
    assert not followed.thread.is_alive()
    keeper.end()


@pytest.mark.parametrize(
    ("why", "facts"),
    [
        ("signin", {"secret": seal("wrong")}),
        ("secret", {"secret": "sealed-with-another-key"}),
        ("folder", {"folder": "Nowhere"}),
        ("plain", {"host": "mail.example"}),
        ("unreached", {"port": 1}),
        ("certificate", {"security": "starttls"}),
        ("token", {"sign_in": "oauth", "token_url": "https://127.0.0.1/token"}),
    ],
)
def test_it_says_why_a_mailbox_cannot_be_read(
    server: Dovecot, user: str, why: str, facts: dict[str, Any]
) -> None:
    mailbox = mailbox_of(server, user, **facts)
    with pytest.raises(Trouble) as trouble, line_to(mailbox):
        pass
    assert trouble.value.why == why


def test_it_turns_to_tls_and_takes_its_secret_from_the_environment(
    server: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    monkeypatch.setenv("ANSWERABLE_IMAP_SUPPORT", PASSWORD)
    server.deliver(user, mail_of(DANA))
    look(
        mailbox_of(
            server,
            user,
            host="localhost",
            security=Mailbox.Security.STARTTLS,
            secret="",
            secret_name="ANSWERABLE_IMAP_SUPPORT",
        )
    )
    assert len(stored()) == 1


def test_no_other_secret_of_the_environment_is_told_to_a_server(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSWERABLE_SECRET_KEY", "very secret")
    mailbox = mailbox_of(server, "x", secret="", secret_name="ANSWERABLE_SECRET_KEY")
    assert mailbox.opened_secret() == ""


def test_another_server_is_begun_with_anew(server: Dovecot, user: str) -> None:
    server.deliver(user, mail_of(DANA))
    mailbox = mailbox_of(server, user)
    look(mailbox)
    mailbox.refresh_from_db()
    mailbox.folder = "Other"
    following.save_mailbox(mailbox, at=now())
    mailbox.refresh_from_db()
    assert (mailbox.validity, mailbox.last_uid) == (None, 0)
