"""Writes what people choose for themselves: mails, language, zone, telephone, folds, keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from answerable.accounts.models import Agent, Contact


def choose_mails(contact: Contact, *, replies: bool, promises: str, report: bool) -> None:
    """Keep what a contact is told by mail, beside what they must know."""
    contact.mailed_replies = replies
    contact.mailed_promises = promises
    contact.mailed_report = report
    contact.save(update_fields=["mailed_replies", "mailed_promises", "mailed_report"])


def choose_place(contact: Contact, *, language: str, zone: str) -> None:
    """Keep a contact's language, and their time zone by its IANA name."""
    contact.language, contact.zone = language, zone
    contact.save(update_fields=["language", "zone"])


def keep_phones(contact: Contact, *, phone: str, office_phone: str) -> None:
    """Keep the number at which a contact is called back, and that of their office, by which
    they are reached when the first one fails; "" for none."""
    contact.phone, contact.office_phone = phone, office_phone
    contact.save(update_fields=["phone", "office_phone"])


def fold_pane(agent: Agent, folded: Collection[str]) -> None:
    """Keep which parts of the customer pane an agent has folded."""
    agent.pane_folded = sorted(set(folded))
    agent.save(update_fields=["pane_folded"])


def choose_keys(agent: Agent, keys: Mapping[str, str], *, single: bool) -> None:
    """Keep an agent's own keys, by the names of commands, and whether single keys act."""
    agent.keys, agent.single_keys = dict(keys), single
    agent.save(update_fields=["keys", "single_keys"])


def choose_undo(agent: Agent, seconds: int | None) -> None:
    """Keep for how many seconds an agent can take a reply back; None for as everybody can."""
    agent.undo_seconds = seconds
    agent.save(update_fields=["undo_seconds"])
