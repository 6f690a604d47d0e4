"""The words of the administrator's pages for what a plan says in its own."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.entitlements.core.changes import in_words
from answerable.entitlements.core.clauses import PauseRule, Remedy
from answerable.entitlements.core.plan import Target, Terms
from answerable.sla.replaying import Replay
from answerable.sla.report_words import percent
from answerable.sla.words import said

Words = dict[str, "Promise | str"]

METRICS: Words = {
    "first_response": gettext_lazy("First reply"),
    "next_response": gettext_lazy("Next reply"),
    "status_update": gettext_lazy("Update"),
    "triage": gettext_lazy("Decision on the claim"),
    "callback_start": gettext_lazy("Callback"),
    "chat_pickup": gettext_lazy("Chat answered"),
    "escalation_response": gettext_lazy("Answer to an escalation"),
    "workaround": gettext_lazy("Workaround"),
    "resolution": gettext_lazy("Solution"),
}
KINDS: Words = {"guarantee": gettext_lazy("Guarantee"), "aim": gettext_lazy("Aim")}
STATES: Words = {
    "waiting": gettext_lazy("Waiting for the customer"),
    "vendor": gettext_lazy("On hold, for somebody of ours"),
    "third_party": gettext_lazy("On hold, for a third party"),
    "scheduled": gettext_lazy("On hold, because the customer asked for it"),
}
ROLES: Words = {
    "on_duty": gettext_lazy("Everybody on duty"),
    "agent": gettext_lazy("Agent"),
    "lead": gettext_lazy("Lead"),
    "administrator": gettext_lazy("Administrator"),
    "account_manager": gettext_lazy("Account manager"),
    "on_call_1": gettext_lazy("First person on call"),
    "on_call_2": gettext_lazy("Second person on call"),
    "head_of_support": gettext_lazy("Head of support"),
}
SET_BY: Words = {
    "customer": gettext_lazy("chosen by the customer"),
    "vendor": gettext_lazy("set by an agent"),
    "both": gettext_lazy("claimed, and confirmed by an agent"),
}
SECTIONS: Words = {
    "targets": gettext_lazy("Targets"),
    "calendars": gettext_lazy("Calendars"),
    "severities": gettext_lazy("Severities"),
    "requesters": gettext_lazy("People"),
    "channels": gettext_lazy("Channels"),
    "examples": gettext_lazy("Examples"),
    "pauses": gettext_lazy("Pauses"),
    "exceptions": gettext_lazy("Exceptions"),
    "remedies": gettext_lazy("Remedies"),
    "ladder": gettext_lazy("Ladder"),
    "naming": gettext_lazy("Who is designated"),
    "calls": gettext_lazy("Calls"),
    "reclassification": gettext_lazy("Change of severity"),
    "response": gettext_lazy("What counts as a reply"),
    "silence": gettext_lazy("Customers who do not answer"),
    "survey": gettext_lazy("How it went"),
}


def word(words: Words, key: str) -> str:
    """Return the word for a name of a plan; the name itself where there is none."""
    return str(words.get(key, key.replace("_", " ")))


def severity_name(terms: Terms, target: Target) -> str:
    """Return for which severity a row is: “standard”, or all of them."""
    if target.severity is None:
        return _("all")
    found = terms.severities.get(target.severity)
    return said(found.name) if found else target.severity


def way_words(terms: Terms, target: Target) -> str:
    """Return which way, in which language and about what a row is: “the request form, de”."""
    ways = [said(terms.channels[key].name) for key in target.channels if key in terms.channels]
    rest = [*target.languages, *target.environments, *target.products]
    return ", ".join([*(ways or [_("all")]), *rest])


def roles_words(roles: Iterable[str]) -> str:
    """Return who is told: “Lead, Account manager”."""
    return ", ".join(word(ROLES, role) for role in roles)


def pause_words(rule: PauseRule) -> str:
    """Return what stands still: “Next reply, Update; at most 4 days”."""
    metrics = ", ".join(word(METRICS, metric) for metric in rule.metrics)
    parts = [metrics or _("all that may pause")]
    if rule.at_most:
        parts.append(_("at most {length}").format(length=in_words(rule.at_most)))
    if rule.needs_reason:
        parts.append(_("needs a reason"))
    if rule.needs_message:
        parts.append(_("needs a message to the customer"))
    return "; ".join(parts)


def remedy_words(remedy: Remedy) -> str:
    """Return what is owed: in the customer's words where the plan has some."""
    return said(remedy.says) or in_words(remedy)


def kept_words(replay: Replay) -> str:
    """Return what the other terms would have kept: “kept 95.1 % → 96.4 % of 412 answered”."""
    before, after = (
        percent(kept / replay.answered, 1) for kept in (replay.kept_before, replay.kept_after)
    )
    return _("kept {before} → {after} of {count} answered").format(
        before=before, after=after, count=replay.answered
    )
