"""LibreTranslate, and what speaks as it does: POST /translate with JSON.

Source: docs.libretranslate.com: `q` may be a list, `format` is html so that marks stay, the key
stands in the document; a wrong key is 403, too many requests 429, an unknown language 400.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from answerable.knowledge.machines.asking import asked
from answerable.knowledge.machines.trouble import NotTranslated

NAME = "LibreTranslate"
MOST_TEXTS, MOST_CHARACTERS = 20, 1900


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """A machine at an address, asked with a key where it wants one."""

    url: str
    key: str = ""
    name: str = NAME
    most_characters: int = 1800

    def translated(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Return marked words in another language, in their order. Raises NotTranslated."""
        document = {"q": list(texts), "source": source, "target": target, "format": "html"}
        key = {"api_key": self.key} if self.key else {}
        answer = asked(f"{self.url}/translate", {**document, **key}, {})
        said = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(said, list) or len(said) != len(texts):
            raise NotTranslated("odd", {"host": urlsplit(self.url).hostname})
        return [str(one) for one in said]
