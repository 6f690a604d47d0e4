"""Machines that translate, as their documents say they answer: they shout, and keep marks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from answerable.lib.tests.web import Handler, Web

KEY = "key-of-ours:fx"
# Languages of DeepL: those of a source have no region, some of a target must have one.
DEEPL_SOURCES, DEEPL_TARGETS = {"EN", "DE", "PT"}, {"DE", "EN-GB", "EN-US", "PT-BR", "FR"}
MOST_BODY = 128 * 1024


def shouted(words: str) -> str:
    return "".join(
        part if part.startswith("<") else part.upper()
        for part in re.split(r"(<x\b[^<>]*>[^<>]*</x>|<[^<>]*>)", words)
    )


def deepl(web: Web, *, key: str = KEY) -> str:
    """Serve POST /v2/translate, with what DeepL checks; return the address of the machine."""

    def answer(handler: Handler) -> None:
        document, status = _document(web), 0
        if handler.headers.get("Authorization") != f"DeepL-Auth-Key {key}":
            status = 403
        elif handler.headers.get("Content-Type") != "application/json":
            status = 415
        elif len(web.bodies[-1]) > MOST_BODY:
            status = 413
        elif not _is_deepl(document):
            status = 400
        if status:
            _say(handler, status, {"message": "refused"})
            return
        said = [
            {"detected_source_language": "EN", "text": shouted(t)} for t in document["text"]
        ]
        _say(handler, 200, {"translations": said})

    web.pages["/v2/translate"] = answer
    return web.origin


def libretranslate(web: Web, *, key: str = KEY, most: int = 2000) -> str:
    """Serve POST /translate, with what LibreTranslate checks; return the machine's address."""

    def answer(handler: Handler) -> None:
        document = _document(web)
        texts = document.get("q")
        together = sum(map(len, texts)) if isinstance(texts, list) else 0
        if document.get("api_key") != key:
            _say(handler, 403, {"error": "Invalid API key"})
        elif together > most:
            words = f"request ({together}) exceeds text limit ({most})"
            _say(handler, 400, {"error": words})
        elif {document.get("source"), document.get("target")} - {"en", "de", "fr"}:
            _say(handler, 400, {"error": "xx is not supported"})
        else:
            assert document.get("format") == "html"
            _say(handler, 200, {"translatedText": [shouted(text) for text in texts]})

    web.pages["/translate"] = answer
    return web.origin


def refusing(status: int, **headers: str) -> Callable[[Handler], None]:
    """Return what answers everything with one status."""
    return lambda handler: handler.send(status, b'{"message": "no"}', **headers)


def _document(web: Web) -> Any:
    return json.loads(web.bodies[-1])


def _is_deepl(document: dict[str, Any]) -> bool:
    texts = document.get("text")
    return (
        isinstance(texts, list)
        and 0 < len(texts) <= 50
        and document.get("source_lang") in DEEPL_SOURCES
        and document.get("target_lang") in DEEPL_TARGETS
        and document.get("tag_handling") in {"xml", "html"}
    )


def _say(handler: Handler, status: int, document: object) -> None:
    handler.send(status, json.dumps(document).encode(), Content_Type="application/json")
