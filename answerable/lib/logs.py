"""Log lines: one JSON object each, without personal data."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

FACTS = {"ticket", "message", "mail", "clock", "job", "count", "seconds", "path", "status"}


class OneLine(logging.Formatter):
    """Writes a record as one line of JSON with only the facts we allow."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name in FACTS}
        if record.exc_info and record.exc_info[0]:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)
