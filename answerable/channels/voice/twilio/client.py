"""Asks Twilio's API (2010-04-01), through the guarded way out.

What goes wrong is Failed, with a word that can be kept; nothing is tried twice here.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from answerable.channels.voice.twilio.core.troubles import (
    code_of,
    is_worth_another_try,
    read_object,
    wrong_with_number,
    wrong_with_us,
)
from answerable.channels.voice.twilio.models import Telephone
from answerable.lib.env import BadSetting
from answerable.lib.outbound.client import Answer, Ask, client
from answerable.lib.outbound.words import Refused, Unfetched
from answerable.lib.sealing import Sealed

VERSION = "2010-04-01"
SECONDS = 10.0
# Four hours of a call, as the provider packs them.
MOST_SOUND, SOUND_SECONDS = 64_000_000, 120.0
OK = 300
NOT_FOUND = 404
Fields = Sequence[tuple[str, str]]


class Failed(Exception):
    """The provider did not do what was asked.

    `problem`: why no call can be made at all, "" where it is about this number alone; then
    `why` says what is wrong with it. `says`: the provider's own words, for administrators.
    `again`: whether the same may succeed in a moment.
    """

    def __init__(
        self, problem: str = "", *, why: str = "", says: str = "", again: bool = False
    ) -> None:
        super().__init__(problem or why)
        self.problem, self.why, self.says, self.again = problem, why, says[:300], again


@dataclass(frozen=True, slots=True)
class Twilio:
    """Twilio's API as an account sees it."""

    telephone: Telephone

    def account(self) -> dict[str, Any]:
        """Return the account. Raises Failed."""
        return self._asked("GET", ".json")

    def number(self) -> dict[str, Any] | None:
        """Return our number as the account has it, None if it is not the account's."""
        found = self._asked(
            "GET", "/IncomingPhoneNumbers.json", [("PhoneNumber", self.telephone.number)]
        )
        numbers = found.get("incoming_phone_numbers")
        return numbers[0] if isinstance(numbers, list) and numbers else None

    def point_number(self, sid: str, fields: Fields) -> None:
        """Change to which addresses our number's calls go. Raises Failed."""
        self._asked("POST", f"/IncomingPhoneNumbers/{quote(sid, safe='')}.json", fields)

    def call(self, fields: Fields) -> dict[str, Any]:
        """Let it ring somewhere, and return the call. Raises Failed."""
        return self._asked("POST", "/Calls.json", fields)

    def message(self, fields: Fields) -> dict[str, Any]:
        """Send a text message, and return it. Raises Failed."""
        return self._asked("POST", "/Messages.json", fields)

    def look_at(self, sid: str) -> dict[str, Any] | None:
        """Return a call as it stands, None if the provider knows none. Raises Failed."""
        try:
            return self._asked("GET", f"/Calls/{quote(sid, safe='')}.json")
        except _Unknown:
            return None

    def change(self, sid: str, fields: Fields) -> None:
        """End a call, or lead it elsewhere; one that is over stays so. Raises Failed."""
        try:
            self._asked("POST", f"/Calls/{quote(sid, safe='')}.json", fields)
        except (_Unknown, _Over):
            return

    def change_participant(self, conference: str, sid: str, fields: Fields) -> None:
        """Hold or mute somebody in a conference; who has left stays so. Raises Failed."""
        place = f"/Conferences/{quote(conference, safe='')}/Participants/{quote(sid, safe='')}"
        try:
            self._asked("POST", f"{place}.json", fields)
        except _Unknown:
            return

    def record(self, sid: str, fields: Fields) -> dict[str, Any]:
        """Begin to record a call, and return the recording. Raises Failed."""
        return self._asked("POST", f"/Calls/{quote(sid, safe='')}/Recordings.json", fields)

    def change_recording(self, sid: str, recording: str, fields: Fields) -> None:
        """Pause a recording, go on with it, or end it; one that is over stays so.

        Raises Failed.
        """
        place = f"/Calls/{quote(sid, safe='')}/Recordings/{quote(recording, safe='')}.json"
        try:
            self._asked("POST", place, fields)
        except (_Unknown, _Over):
            return

    def recording(self, sid: str) -> dict[str, Any] | None:
        """Return a recording as it stands, None if the provider has none. Raises Failed."""
        try:
            return self._asked("GET", f"/Recordings/{quote(sid, safe='')}.json")
        except _Unknown:
            return None

    def sound(self, sid: str) -> bytes:
        """Return the sound of a recording as MP3. Raises Failed."""
        ask = self._ask("GET", f"/Recordings/{quote(sid, safe='')}.mp3", ())
        answer = _answered(replace(ask, most_bytes=MOST_SOUND, seconds=SOUND_SECONDS))
        if answer.status >= OK:
            _read(answer)
        return answer.body

    def forget_recording(self, sid: str) -> None:
        """Let the provider delete a recording; one that is gone is gone. Raises Failed."""
        try:
            self._asked("DELETE", f"/Recordings/{quote(sid, safe='')}.json")
        except _Unknown:
            return

    def _asked(self, method: str, path: str, fields: Fields = ()) -> dict[str, Any]:
        return _read(_answered(self._ask(method, path, fields)))

    def _ask(self, method: str, path: str, fields: Fields) -> Ask:
        base = f"{self.telephone.api_url}/{VERSION}/Accounts/"
        url = f"{base}{quote(self.telephone.account_sid, safe='')}{path}"
        form = urlencode(fields)
        is_post = method == "POST"
        if fields and not is_post:
            url = f"{url}?{form}"
        return Ask(
            url,
            method=method,
            headers=self._headers(is_post=is_post),
            body=form.encode() if is_post else None,
            seconds=SECONDS,
        )

    def _headers(self, *, is_post: bool) -> Mapping[str, str]:
        try:
            token = self.telephone.opened_token()
        except (Sealed, BadSetting) as error:
            raise Failed("sealed", says=str(error)) from error
        known = base64.b64encode(f"{self.telephone.account_sid}:{token}".encode()).decode()
        form = {"Content-Type": "application/x-www-form-urlencoded"} if is_post else {}
        return {"Authorization": f"Basic {known}", "Accept": "application/json"} | form


class _Unknown(Failed):
    """The provider has nothing by this name."""


class _Over(Failed):
    """The call that was to be changed is over (Twilio's 21220)."""


CALL_IS_OVER = 21220


def _answered(ask: Ask) -> Answer:
    try:
        return client().fetch(ask)
    except Refused as refused:
        raise Failed("refused", says=str(refused)) from refused
    except Unfetched as unfetched:
        raise Failed("down", says=str(unfetched), again=True) from unfetched


def _read(answer: Answer) -> dict[str, Any]:
    if answer.status < OK:
        try:
            return read_object(answer.body) if answer.body else {}
        except ValueError as error:
            raise Failed("down", says=str(error), again=True) from error
    code, says = code_of(answer.body), answer.body.decode("utf-8", "replace")
    if answer.status == NOT_FOUND:
        raise _Unknown("refused", says=says)
    if code == CALL_IS_OVER:
        raise _Over("refused", says=says)
    if why := wrong_with_number(code):
        raise Failed(why=why, says=says)
    again = is_worth_another_try(answer.status)
    raise Failed(wrong_with_us(answer.status, code), says=says, again=again)
