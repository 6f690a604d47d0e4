"""Writes macros, and retires them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from answerable.accounts.models import Agent
from answerable.macros.models import Macro, MacroText
from answerable.tickets.text import clean


class NameTaken(Exception):
    """Another macro of the same people has this name."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a macro says, by language; a language without words has none."""

    texts: Mapping[str, str]


def save_macro(macro: Macro, wording: Wording, *, agent: Agent, at: datetime) -> Macro:
    """Keep a macro, new or changed, with its texts, and return it. Raises NameTaken."""
    macro.changed_at, macro.changed_by = at, agent
    said = {code: clean(body).strip() for code, body in wording.texts.items()}
    try:
        with transaction.atomic():
            macro.save()
            macro.texts.exclude(
                language__in=[code for code, body in said.items() if body]
            ).delete()
            for language, body in said.items():
                if body:
                    MacroText.objects.update_or_create(
                        macro=macro, language=language, defaults={"body": body}
                    )
    except IntegrityError as taken:
        raise NameTaken from taken
    return macro


def retire_macro(macro: Macro, *, agent: Agent, at: datetime) -> None:
    """Offer a macro no more; its name is free, and replies that hold it lose nothing."""
    macro.retired_at = macro.changed_at = at
    macro.changed_by = agent
    macro.save(update_fields=["retired_at", "changed_at", "changed_by"])
