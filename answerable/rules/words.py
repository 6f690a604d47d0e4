"""The words of rules in the reader's language: their sentence, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answerable.rules.core import spec
from answerable.rules.core.reading import Problem, Rule
from answerable.rules.core.sentence import Phrases, sentence
from answerable.rules.facts import field_sorts
from answerable.rules.names import Names

HOUR, DAY = 60, 24 * 60
TRIGGERS: Mapping[str, Promise] = {
    "created": gettext_lazy("a request arrives"),
    "wrote": gettext_lazy("its customer writes"),
    "answered": gettext_lazy("an agent replies"),
    "noted": gettext_lazy("somebody writes a note"),
    "resolved": gettext_lazy("a request is resolved"),
    "reopened": gettext_lazy("a request is opened again"),
    "held": gettext_lazy("a request is put on hold"),
    "hold_ended": gettext_lazy("a hold ends"),
    "severity": gettext_lazy("a severity changes"),
    "claimed": gettext_lazy("a customer says that it is business-critical"),
    "priority": gettext_lazy("a priority changes"),
    "tagged": gettext_lazy("a label is added"),
    "tagged.named": gettext_lazy("the label {what} is added"),
    "untagged": gettext_lazy("a label is removed"),
    "untagged.named": gettext_lazy("the label {what} is removed"),
    "field": gettext_lazy("a field changes"),
    "field.named": gettext_lazy("the field {what} changes"),
    "assigned": gettext_lazy("a request is taken or assigned"),
    "given_back": gettext_lazy("a request is given back to the queue"),
    "late": gettext_lazy("a promise is late"),
    "met": gettext_lazy("a promise is kept"),
    "look_asked": gettext_lazy("a customer asks for another look"),
    "incident": gettext_lazy("a request is linked to an incident"),
    "surveyed": gettext_lazy("a customer answers the survey"),
    "untouched": gettext_lazy("a request is open and nobody has written for {length}"),
    "waiting": gettext_lazy("a request has waited for its customer for {length}"),
    "unassigned": gettext_lazy("a request is open and nobody has had it for {length}"),
    "due": gettext_lazy("a guaranteed reply is due within {length}"),
    "spent": gettext_lazy("a share of the time for a guaranteed reply is over"),
    "spent.named": gettext_lazy("{what} of the time for a guaranteed reply is over"),
    "at_risk": gettext_lazy("a promise is at risk"),
}
FACTS: Mapping[str, Promise] = {
    "state": gettext_lazy("its state"),
    "clock": gettext_lazy("its promise"),
    "plan": gettext_lazy("its plan"),
    "contract": gettext_lazy("its contract"),
    "severity": gettext_lazy("its severity"),
    "priority": gettext_lazy("its priority"),
    "channel": gettext_lazy("its channel"),
    "language": gettext_lazy("its language"),
    "customer": gettext_lazy("its account"),
    "assignee": gettext_lazy("who has it"),
    "team": gettext_lazy("the team that has it"),
    "skill": gettext_lazy("the skill that it needs"),
    "tag": gettext_lazy("its label"),
    "product": gettext_lazy("its product"),
    "environment": gettext_lazy("its environment"),
    "claim": gettext_lazy("its claim to be business-critical"),
    "subject": gettext_lazy("its subject"),
    "words": gettext_lazy("what the customer wrote last"),
    "sender": gettext_lazy("the address of who asks"),
    "age": gettext_lazy("its age in hours"),
    "quiet": gettext_lazy("the hours since somebody wrote"),
}
ASKS: Mapping[tuple[str, str], Promise] = {
    (spec.SET, spec.IS): gettext_lazy("{fact} is {values}"),
    (spec.SET, spec.IS_NOT): gettext_lazy("{fact} is not {values}"),
    ("assignee", spec.IS): gettext_lazy("{values} has it"),
    ("assignee", spec.IS_NOT): gettext_lazy("{values} does not have it"),
    (f"assignee={spec.NOBODY}", spec.IS_NOT): gettext_lazy("somebody has it"),
    ("tag", spec.IS): gettext_lazy("it is labelled {values}"),
    ("tag", spec.IS_NOT): gettext_lazy("it is not labelled {values}"),
    (spec.TEXT, spec.HAS): gettext_lazy("{fact} contains {values}"),
    (spec.TEXT, spec.LACKS): gettext_lazy("{fact} does not contain {values}"),
    (spec.TEXT, spec.BEGINS): gettext_lazy("{fact} begins with {values}"),
    (spec.TEXT, spec.IS): gettext_lazy("{fact} is {values}"),
    (spec.TEXT, spec.FILLED): gettext_lazy("{fact} is filled in"),
    (spec.TEXT, spec.EMPTY): gettext_lazy("{fact} is empty"),
    (spec.NUMBER, spec.AT_LEAST): gettext_lazy("{fact} is at least {values}"),
    (spec.NUMBER, spec.AT_MOST): gettext_lazy("{fact} is at most {values}"),
    (spec.NUMBER, spec.FILLED): gettext_lazy("{fact} is filled in"),
    (spec.NUMBER, spec.EMPTY): gettext_lazy("{fact} is empty"),
}
ACTS: Mapping[str, Promise] = {
    spec.ASSIGN: gettext_lazy("assign it to {what}"),
    spec.TAG: gettext_lazy("label it {what}"),
    spec.UNTAG: gettext_lazy("remove the label {what}"),
    spec.SET_FIELD: gettext_lazy("set {what} to {words}"),
    spec.PRIORITY: gettext_lazy("set its priority to {what}"),
    spec.HOLD: gettext_lazy("put it on hold for {length}, because {words}"),
    spec.NOTE: gettext_lazy("add the note {words}"),
    spec.REPLY: gettext_lazy("tell the customer what the macro {what} says"),
    spec.NOTIFY: gettext_lazy("tell {what}"),
    spec.FOLLOW: gettext_lazy("have {what} follow it"),
    spec.WEBHOOK: gettext_lazy("tell {what}"),
    spec.SEVERITY: gettext_lazy("set its severity to {what}, because {words}"),
    spec.RESOLVE: gettext_lazy("resolve it, because {words}"),
    spec.ESCALATE: gettext_lazy("escalate it to the leads"),
}
PROBLEMS: Mapping[str, Promise] = {
    "unknown_trigger": gettext_lazy("Select what the rule waits for."),
    "time_missing": gettext_lazy("Enter how long: a number above 0."),
    "gone": gettext_lazy("What is chosen here is not there any more. Select another."),
    "unknown_fact": gettext_lazy("Select what is looked at."),
    "unknown_question": gettext_lazy("Select what is asked of it."),
    "value_missing": gettext_lazy("Select or enter a value."),
    "no_number": gettext_lazy("Enter a number, like 12 or 0.5."),
    "nothing_done": gettext_lazy("Add something that the rule does."),
    "unknown_act": gettext_lazy("Select what is done."),
    "no_address": gettext_lazy("Enter an address that begins with https://."),
    "words_missing": gettext_lazy("Enter the words."),
    "everything": gettext_lazy(
        "It has no condition: it acts on every request for which this happens."
    ),
    "wakes_itself": gettext_lazy(
        "It does what it waits for. It is never woken by itself, but by people who do the same."
    ),
    "twice": gettext_lazy("It does the same thing twice: the last one counts."),
}


def sentence_of(rule: Rule, names: Names | None = None) -> str:
    """Return what a rule does, in a sentence of the reader's language."""
    known = names or Names()
    return sentence(rule, phrases(known), known.of, field_sorts())


def problem_words(problem: Problem) -> str:
    """Return what is wrong, and what to do about it."""
    return str(PROBLEMS[problem.code])


def phrases(names: Names) -> Phrases:
    """Return the words of sentences in the reader's language."""
    return Phrases(
        triggers={key: str(words) for key, words in TRIGGERS.items()},
        facts=lambda fact: fact_word(fact, names),
        asks={key: str(words) for key, words in ASKS.items()},
        acts={key: str(words) for key, words in ACTS.items()},
        both=_("{first} and {last}"),
        either=_("{first} or {last}"),
        comma=_(", "),
        whole=_("When {when}, {then}{unless}."),
        unless=_(", unless {what}"),
        last=_("No rule after it looks at the request."),
        quoted=_("“{text}”"),
        support=_("{length} of support hours"),
        nothing=_("do nothing"),
        unknown=_("(not chosen yet)"),
        length=length_words,
    )


def fact_word(fact: str, names: Names) -> str:
    """Return what a fact is called within a sentence."""
    if fact in FACTS:
        return str(FACTS[fact])
    if not fact.startswith(spec.FIELD):
        return _("(not chosen yet)")
    key = fact.removeprefix(spec.FIELD)
    return names.choices("field").get(key, key)


def length_words(minutes: int) -> str:
    """Return a length of time in the largest unit in which it is whole: “3 days”."""
    if minutes and minutes % DAY == 0:
        number = minutes // DAY
        return ngettext("{number} day", "{number} days", number).format(number=number)
    if minutes and minutes % HOUR == 0:
        number = minutes // HOUR
        return ngettext("{number} hour", "{number} hours", number).format(number=number)
    return ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)
