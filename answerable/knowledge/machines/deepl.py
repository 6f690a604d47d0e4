"""DeepL, and what speaks as it does: POST /v2/translate with JSON.

Source: developers.deepl.com, "Translate text": up to 50 texts and 128 KiB in a request; the key
stands in a header; 456 means that the quota is used up, 429 that we ask too often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from answerable.knowledge.machines.asking import asked
from answerable.knowledge.machines.trouble import NotTranslated

NAME = "DeepL"
MOST_TEXTS, MOST_CHARACTERS = 40, 30_000
# A target needs its region where DeepL knows several; a source must not have one.
TARGETS = {
    "en": "EN-GB",
    "pt": "PT-PT",
    "pt-br": "PT-BR",
    "zh-cn": "ZH-HANS",
    "zh-tw": "ZH-HANT",
}


@dataclass(frozen=True, slots=True)
class DeepL:
    """A machine at an address, asked with a key."""

    url: str
    key: str
    name: str = NAME
    most_characters: int = 5000

    def translated(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Return marked words in another language, in their order. Raises NotTranslated."""
        document = {
            "text": list(texts),
            "source_lang": source.partition("-")[0].upper(),
            "target_lang": TARGETS.get(target, target.upper()),
            "tag_handling": "xml",
            "ignore_tags": ["x"],
            "non_splitting_tags": ["g"],
            "outline_detection": False,
            "preserve_formatting": True,
            "split_sentences": "nonewlines",
        }
        headers = {"Authorization": f"DeepL-Auth-Key {self.key}"}
        answer = asked(f"{self.url}/v2/translate", document, headers)
        said = answer.get("translations") if isinstance(answer, dict) else None
        if not isinstance(said, list) or len(said) != len(texts):
            raise NotTranslated("odd", {"host": urlsplit(self.url).hostname})
        return [str(one.get("text", "")) if isinstance(one, dict) else "" for one in said]
