"""Rules that many begin with: each can be changed before it is started."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from answerable.rules.core import spec
from answerable.rules.core.reading import Act, Condition, Rule, When

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Sample:
    """A rule to begin with: what it is called, what it is for, and what it says."""

    name: Promise
    use: Promise
    says: Rule


SAMPLES: dict[str, Sample] = {
    "label": Sample(
        gettext_lazy("Label by words"),
        gettext_lazy("Files what arrives by words in its subject."),
        Rule(every=(Condition("subject", spec.HAS),), then=(Act(spec.TAG),)),
    ),
    "assign": Sample(
        gettext_lazy("Assign by label"),
        gettext_lazy("Gives what has a label to whoever of a team is there and has least."),
        Rule(
            when=When("tagged"),
            every=(Condition("assignee", spec.IS, (spec.NOBODY,)),),
            then=(Act(spec.ASSIGN),),
        ),
    ),
    "escalate": Sample(
        gettext_lazy("Escalate what is at risk"),
        gettext_lazy(
            "Tells the leads of a promise that is at risk while nobody has the request."
        ),
        Rule(
            when=When(spec.AT_RISK),
            every=(Condition("assignee", spec.IS, (spec.NOBODY,)),),
            then=(Act(spec.ESCALATE),),
        ),
    ),
    "spent": Sample(
        gettext_lazy("Half of the time is over"),
        gettext_lazy(
            "Raises what is urgent by its promise, and tells whoever has it and the leads."
        ),
        Rule(
            when=When(spec.SPENT, "50"),
            every=(Condition("state", spec.IS, ("open",)),),
            then=(
                Act(spec.PRIORITY, "high"),
                Act(spec.NOTIFY, spec.HOLDER),
                Act(spec.FOLLOW, spec.LEADS),
            ),
        ),
    ),
    "quiet": Sample(
        gettext_lazy("Remind of what is quiet"),
        gettext_lazy(
            "Tells whoever has a request that is open and on which nobody has written."
        ),
        Rule(
            when=When(spec.UNTOUCHED, minutes=3 * DAY, basis=spec.SUPPORT),
            every=(Condition("assignee", spec.IS_NOT, (spec.NOBODY,)),),
            then=(Act(spec.NOTIFY, spec.HOLDER),),
        ),
    ),
    "vip": Sample(
        gettext_lazy("Important accounts"),
        gettext_lazy("Raises the priority of some accounts, and tells their account manager."),
        Rule(
            every=(Condition("customer", spec.IS),),
            then=(Act(spec.PRIORITY, "high"), Act(spec.NOTIFY, spec.MANAGER)),
        ),
    ),
}
EMPTY = Rule(every=(Condition("subject", spec.HAS),), then=(Act(spec.TAG),))
