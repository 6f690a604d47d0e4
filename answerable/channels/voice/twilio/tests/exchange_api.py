"""The double's API: a server of its own that answers as Twilio's does."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from answerable.channels.voice.twilio.tests.exchange import (
    ACCOUNT,
    ENDS,
    NUMBER,
    TOKEN,
    Exchange,
    Line,
    form_of,
)
from answerable.channels.voice.twilio.tests.exchange_sound import Recordings

ROOT = f"/2010-04-01/Accounts/{ACCOUNT}"
MAY = {
    *("To", "From", "Url", "Method", "Timeout", "StatusCallback", "StatusCallbackMethod"),
    *("MachineDetection", "AsyncAmd", "AsyncAmdStatusCallback"),
    "AsyncAmdStatusCallbackMethod",
}


class Refusal(Exception):
    """What Twilio says no to: a status and a code of its dictionary."""

    def __init__(self, status: int, code: int) -> None:
        super().__init__(code)
        self.status, self.code = status, code


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self._do(b"")

    def do_DELETE(self) -> None:
        self._do(b"")

    def do_POST(self) -> None:
        self._do(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def _do(self, body: bytes) -> None:
        exchange = self.server.exchange
        if self.command == "GET" and self.path.endswith(".mp3") and not exchange.down:
            exchange.asked.append((f"GET {self.path.removeprefix(ROOT)}", {}))
            self._send_bytes(200, exchange.recordings.sound, "audio/mpeg")
            return
        if exchange.down:
            self._send(503, {"code": 20500, "message": "Service unavailable", "status": 503})
            return
        try:
            self._check_who()
            fields, events = form_of(body)
            exchange.asked.append((f"{self.command} {self.path.removeprefix(ROOT)}", fields))
            status, answer = self._answer(fields, list(events))
        except Refusal as no:
            status = no.status
            answer = {"code": no.code, "message": "No.", "status": no.status}
        self._send(status, answer)

    def _check_who(self) -> None:
        known = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {known}":
            raise Refusal(401, 20003)
        if not self.path.startswith(ROOT):
            raise Refusal(404, 20404)

    def _answer(  # noqa: C901, PLR0911, PLR0912  # One line a resource.
        self, fields: dict[str, str], events: list[str]
    ) -> tuple[int, dict[str, object]]:
        parts = urlsplit(self.path.removeprefix(ROOT))
        place = parts.path.removesuffix(".json").strip("/").split("/")
        match self.command, *place:
            case "GET", "":
                return 200, {"sid": ACCOUNT, "status": "active"}
            case "GET", "IncomingPhoneNumbers":
                return 200, {"incoming_phone_numbers": self._numbers(parse_qs(parts.query))}
            case "POST", "IncomingPhoneNumbers", _sid:
                self.server.pointed |= fields
                return 200, {"sid": "PN1"}
            case "POST", "Calls":
                return 201, self._dialled(fields, events)
            case "POST", "Messages":
                return 201, self._texted(fields)
            case "GET", "Calls", sid:
                return 200, self._line(sid).resource()
            case "POST", "Calls", sid:
                return 200, self._changed(sid, fields)
            case "POST", "Conferences", _room, "Participants", sid:
                self.server.exchange.change_participant(self._line(sid), fields)
                return 200, {"call_sid": sid}
            case "POST", "Calls", sid, "Recordings":
                return 201, self._recorded(sid, fields)
            case "POST", "Calls", _, "Recordings", sid:
                return 200, self._sounds(sid).change(sid, fields["Status"]).resource()
            case "GET", "Recordings", sid:
                return 200, self._sounds(sid).kept[sid].resource()
            case "DELETE", "Recordings", sid:
                del self._sounds(sid).kept[sid]
                return 204, {}
        raise Refusal(404, 20404)

    def _recorded(self, sid: str, fields: dict[str, str]) -> dict[str, object]:
        if self._line(sid).status != "in-progress":
            raise Refusal(400, 21220)
        return self.server.exchange.recordings.begin(sid, fields).resource()

    def _sounds(self, sid: str) -> Recordings:
        if sid not in self.server.exchange.recordings.kept:
            raise Refusal(404, 20404)
        return self.server.exchange.recordings

    def _numbers(self, asked: dict[str, list[str]]) -> list[dict[str, str]]:
        ours = {"sid": "PN1", "phone_number": NUMBER, **self.server.pointed_words()}
        return [ours] if asked.get("PhoneNumber") == [NUMBER] else []

    def _dialled(self, fields: dict[str, str], events: list[str]) -> dict[str, object]:
        assert set(fields) <= MAY, set(fields) - MAY
        assert {"To", "From", "Url"} <= set(fields)
        if fields["From"] != NUMBER:
            raise Refusal(400, 21210)
        if not fields["To"].startswith("+"):
            raise Refusal(400, 21211)
        if fields["To"].startswith("+979"):
            raise Refusal(400, 21215)
        return self.server.exchange.dial(fields, events).resource()

    def _texted(self, fields: dict[str, str]) -> dict[str, object]:
        assert set(fields) == {"To", "From", "Body"}
        if not fields["To"].startswith("+"):
            raise Refusal(400, 21211)
        if fields["To"] in self.server.exchange.stopped:
            raise Refusal(400, 21610)
        return {"sid": "SM1", "status": "queued"}

    def _changed(self, sid: str, fields: dict[str, str]) -> dict[str, object]:
        line = self._line(sid)
        if line.status in ENDS:
            raise Refusal(400, 21220)
        if fields.get("Status") == "completed":
            self.server.exchange.over(line)
        else:
            self.server.exchange.lead(line, fields["Url"])
        return line.resource()

    def _line(self, sid: str) -> Line:
        if sid not in self.server.exchange.lines:
            raise Refusal(404, 20404)
        return self.server.exchange.lines[sid]

    def _send(self, status: int, answer: dict[str, object]) -> None:
        self._send_bytes(status, json.dumps(answer).encode(), "application/json")

    def _send_bytes(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    exchange: Exchange

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.exchange = exchange
        self.pointed: dict[str, str] = {}

    def pointed_words(self) -> dict[str, str]:
        return {
            "sms_url": self.pointed.get("SmsUrl", ""),
            "voice_url": self.pointed.get("VoiceUrl", ""),
            "status_callback": self.pointed.get("StatusCallback", ""),
        }


@contextmanager
def serving(exchange: Exchange) -> Iterator[str]:
    """Serve an exchange's API on this machine; give its origin."""
    server = Server(exchange)
    running = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    running.start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        running.join()
