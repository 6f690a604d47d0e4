"""A real IMAP server: Dovecot from Debian, with its own configuration, folder and port."""

from __future__ import annotations

import grp
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import pytest
from imapclient import IMAPClient

from answerable.channels.email.tests.doors import certificate_in
from answerable.channels.email.tests.server import free_port

PASSWORD = "dovecot-secret"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
disable_plaintext_auth = no
auth_failure_delay = 0
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
auth_mechanisms = plain login {mechanisms}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
{oauth}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
"""
OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth.conf
}}
"""
ASKED_FOR_TOKENS = """
introspection_mode = post
introspection_url = {url}
username_attribute = email
active_attribute = active
active_value = true
"""


class Dovecot:
    """The server. `introspection` is where it asks whether an access token is good."""

    def __init__(self, introspection: str = "") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="answerable-dovecot-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        (self.folder / "mail").mkdir()
        self.certificate, key = certificate_in(self.folder, "localhost")
        owner = pwd.getpwnam("dovecot") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        if os.geteuid() == 0:
            os.chown(self.folder / "mail", owner.pw_uid, owner.pw_gid)
        mechanisms = "xoauth2 oauthbearer" if introspection else ""
        if introspection:
            (self.folder / "oauth.conf").write_text(ASKED_FOR_TOKENS.format(url=introspection))
        self.config = self.folder / "dovecot.conf"
        self.config.write_text(
            CONFIG.format(
                folder=self.folder,
                certificate=self.certificate,
                key=key,
                internal=owner.pw_name,
                group="dovecot" if os.geteuid() == 0 else _group(owner.pw_gid),
                login="dovenull" if os.geteuid() == 0 else owner.pw_name,
                port=self.port,
                mechanisms=mechanisms,
                oauth=OAUTH.format(folder=self.folder) if introspection else "",
                password=PASSWORD,
                uid=owner.pw_uid,
                gid=owner.pw_gid,
            )
        )

    def start(self) -> None:
        """Start it, and return when it answers."""
        self.process = subprocess.Popen(
            [program(), "-F", "-c", str(self.config)],
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(400):
            with suppress(OSError), self.line() as line:
                if line.recv(100):
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError((self.folder / "log").read_text())

    def line(self) -> socket.socket:
        """Return a bare connection. Raises OSError when nobody listens."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def stop(self) -> None:
        """End it and all that it started, as a machine that loses its power does."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)

    @contextmanager
    def client(self, user: str) -> Iterator[IMAPClient]:
        """Give a line of a user's own mail program."""
        client = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=30)
        try:
            client.login(user, PASSWORD)
            yield client
        finally:
            client.shutdown()

    def deliver(self, user: str, *mails: bytes, at: datetime | None = None) -> None:
        """Put mails into somebody's inbox, as the mail server before it does."""
        with self.client(user) as client:
            for mail in mails:
                client.append("INBOX", mail, msg_time=at)

    def flags(self, user: str, folder: str = "INBOX") -> list[tuple[bytes, ...]]:
        """Return the flags of each mail of a folder."""
        with self.client(user) as client:
            client.select_folder(folder, readonly=True)
            told = client.fetch(client.search(), ["FLAGS"])
        return [told[uid][b"FLAGS"] for uid in sorted(told)]

    def forget_numbers(self, user: str) -> None:
        """Lose the UIDs of an inbox, as a restored backup does."""
        folder = self.folder / "mail" / user
        for file in folder.glob("dovecot.index*"):
            file.unlink()
        numbers = folder / "dovecot-uidlist"
        first = numbers.read_text().split("\n", 1)[0]
        validity = re.search(r" V(\d+) ", first)
        assert validity
        # The first line alone, with another validity: no mail has a number yet.
        first = first.replace(validity[0], f" V{int(validity[1]) + 7} ")
        numbers.write_text(re.sub(r" N\d+", " N1", first) + "\n")


@contextmanager
def dovecot(introspection: str = "") -> Iterator[Dovecot]:
    """Run a server while the block runs; skip the test where there is none to run."""
    if not program():
        pytest.skip("Dovecot is not installed (Debian: dovecot-imapd).")
    server = Dovecot(introspection)
    try:
        server.start()
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def program() -> str:
    """Return where Dovecot is on this machine, or nothing."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""


def _group(number: int) -> str:
    return grp.getgrgid(number).gr_name
