"""The words of the pages about rules: what is offered, what came of runs, and why not."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.rules.core import spec
from answerable.rules.models import Rule, Run
from answerable.rules.names import Names
from answerable.rules.words import ACTS, FACTS, TRIGGERS
from answerable.tickets.models import TicketEvent

MORE = "…"
STATES: Mapping[str, Promise] = {
    Rule.State.DRAFT: gettext_lazy("Draft"),
    Rule.State.ACTIVE: gettext_lazy("Active"),
    Rule.State.PAUSED: gettext_lazy("Paused"),
}
ASKS: Mapping[str, Promise] = {
    spec.IS: gettext_lazy("is"),
    spec.IS_NOT: gettext_lazy("is not"),
    spec.HAS: gettext_lazy("contains"),
    spec.LACKS: gettext_lazy("does not contain"),
    spec.BEGINS: gettext_lazy("begins with"),
    spec.AT_LEAST: gettext_lazy("is at least"),
    spec.AT_MOST: gettext_lazy("is at most"),
    spec.FILLED: gettext_lazy("is filled in"),
    spec.EMPTY: gettext_lazy("is empty"),
}
OUTCOMES: Mapping[str, Promise] = {
    Run.Outcome.DONE: gettext_lazy("Done"),
    Run.Outcome.PARTLY: gettext_lazy("Done in part"),
    Run.Outcome.NOTHING: gettext_lazy("Nothing done"),
    Run.Outcome.STOPPED: gettext_lazy("Stopped"),
    Run.Outcome.FAILED: gettext_lazy("Failed"),
}
WHY: Mapping[str, Promise] = {
    "itself": gettext_lazy("it led to this itself"),
    "chain": gettext_lazy("five rules had led to it, one after another"),
    "too_many": gettext_lazy("rules had done too much on this request within the hour"),
    "paused": gettext_lazy("it is stopped for this request"),
    "merged": gettext_lazy("the request was merged into another"),
    "already": gettext_lazy("it was so already"),
    "resolved": gettext_lazy("the request is resolved"),
    "review": gettext_lazy("nobody has let the request in yet"),
    "critical": gettext_lazy("a person resolves what is business-critical"),
    "cannot_hold": gettext_lazy("a request in this state is not put on hold"),
    "reason": gettext_lazy("a reason is missing"),
    "too_long": gettext_lazy("the words are too long"),
    "too_many_tags": gettext_lazy("the request has too many labels"),
    "unfit": gettext_lazy("the field does not take this value"),
    "plan": gettext_lazy("the plan does not allow it"),
    "nobody_there": gettext_lazy("nobody of them is there"),
    "gone": gettext_lazy("it is not there any more"),
    "unknown_sender": gettext_lazy("the customer's person is not known"),
    "unverified": gettext_lazy("the last message came from an address that is not verified"),
    "machine": gettext_lazy("the last message came from a machine"),
    "often": gettext_lazy("the customer was written to often within the hour"),
    "gaps": gettext_lazy("the macro has gaps that only an agent can fill"),
}


def trigger_choices() -> dict[str, str]:
    """Return how a rule can be woken, with what there is in this installation."""
    verbs = set(TicketEvent.Verb.values)
    known = [kind for kind, waits in spec.EVENTS.items() if verbs.intersection(waits)]
    return {
        kind: str(TRIGGERS[kind]).format(what=MORE, length=MORE)
        for kind in (*known, *spec.TIMES)
    }


def fact_choices(names: Names) -> dict[str, str]:
    """Return what of a ticket can be asked for."""
    own = {f"{spec.FIELD}{key}": name for key, name in names.fields.items()}
    return {key: str(words) for key, words in FACTS.items() if key != "contract"} | own


def ask_choices(sort: str) -> dict[str, str]:
    """Return what can be asked of a fact of a sort."""
    return {ask: str(ASKS[ask]) for ask in spec.ASKS.get(sort, ())}


def act_choices() -> dict[str, str]:
    """Return what a rule can do."""
    webhook = {spec.WEBHOOK: _("tell another system, at {what}")}
    notify = {spec.NOTIFY: _("tell a person or a team: {what}")}
    words = {kind: str(said) for kind, said in ACTS.items()} | notify | webhook
    gaps = {"what": MORE, "words": MORE, "length": MORE}
    return {kind: said.format(**gaps) for kind, said in words.items()}


def why_words(code: str) -> str:
    """Return why something was not done; of a rule that stumbled, over what."""
    return str(WHY[code]) if code in WHY else code


def act_words(did: Mapping[str, object], names: Names) -> str:
    """Return what an act did, or why not: “label it Billing: it was so already”."""
    kind, value = str(did["kind"]), str(did["value"])
    said = str(ACTS[kind]) if kind in ACTS else kind
    words = said.format(
        what=names.of(f"do.{kind}", value), words=f"“{did.get('words', '')}”", length=MORE
    )
    if did["ok"]:
        return words
    return _("{act}: not done, {why}").format(act=words, why=why_words(str(did["why"])))
