"""What agents enter of a macro: its name, for whom, its texts, and what it does once sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent
from answerable.desk.macro_words import language_name, status_name
from answerable.macros.actions import Wording
from answerable.macros.core import staged
from answerable.macros.core.staged import Act, acts_of, as_data, days_and_reason
from answerable.macros.models import Macro
from answerable.routing.models import Skill
from answerable.tickets.models import Status

LONGEST = 8000
OWN, EVERYBODY, TEAM = "own", "everybody", "team:"


class MacroForm(forms.Form):
    """A macro's facts. A text for each language stands in a field of its own."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Agents find it by this, after a / in their box."),
        max_length=60,
        error_messages={
            "required": gettext_lazy("Enter a name"),
            "max_length": gettext_lazy("Name must be 60 characters or fewer"),
        },
    )
    reach = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select for whom it is")
        ),
    )
    product = forms.CharField(
        label=gettext_lazy("Product"),
        help_text=gettext_lazy("It is offered first on tickets about it."),
        max_length=60,
        required=False,
    )
    says_delay = forms.BooleanField(
        label=gettext_lazy("It says that a reply takes longer"),
        help_text=gettext_lazy("The wallboard offers it where a promise is late or at risk."),
        required=False,
    )
    add_tags = forms.CharField(
        label=gettext_lazy("Add labels"),
        help_text=gettext_lazy("Several with commas between them."),
        max_length=300,
        required=False,
    )
    remove_tags = forms.CharField(
        label=gettext_lazy("Remove labels"), max_length=300, required=False
    )
    assign = forms.ChoiceField(label=gettext_lazy("Assign"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    hold = forms.CharField(
        label=gettext_lazy("Put on hold because"),
        help_text=gettext_lazy("Empty: it is not put on hold."),
        max_length=150,
        required=False,
    )
    days = forms.IntegerField(
        label=gettext_lazy("Hold for days"),
        help_text=gettext_lazy("Empty: until somebody ends it."),
        min_value=1,
        max_value=365,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            gettext_lazy("Enter a number of days, 1 to 365"),
        ),
    )
    resolve = forms.BooleanField(label=gettext_lazy("Resolve the ticket"), required=False)

    def __init__(
        self,
        macro: Macro,
        agent: Agent,
        languages: Sequence[str],
        data: QueryDict | None = None,
    ) -> None:
        """Show a macro as this agent may change it."""
        self.macro, self.agent, self.languages = macro, agent, languages
        texts = {t.language: t.body for t in macro.texts.all()} if macro.pk else {}
        super().__init__(data, initial=_initial(macro, agent, texts))
        for code in languages:
            self.fields[f"body_{code}"] = _text_field(code)
        self._choose("reach", _reaches(agent))
        self._choose("assign", _assignees())
        self._choose("status", _statuses())

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # A ChoiceField's.

    def texts(self) -> Iterator[BoundField]:
        """Return the fields of its texts."""
        return (self[f"body_{code}"] for code in self.languages)

    def clean(self) -> dict[str, Any]:
        """Ask for words in one language at least."""
        data = self.cleaned_data
        if not any(data.get(f"body_{code}", "").strip() for code in self.languages):
            self.add_error(f"body_{self.languages[0]}", ValidationError(_("Enter a text")))
        return data

    def entered(self) -> Macro:
        """Return the macro as it was entered."""
        data, reach = self.cleaned_data, str(self.cleaned_data["reach"])
        self.macro.name, self.macro.product = data["name"], data["product"]
        self.macro.says_delay = data["says_delay"]
        self.macro.owner = self.agent if reach == OWN else None
        self.macro.team = reach.removeprefix(TEAM) if reach.startswith(TEAM) else ""
        self.macro.acts = as_data(acts_of(as_data(_acts(data))))
        return self.macro

    def wording(self) -> Wording:
        """Return its texts as they were entered."""
        return Wording({code: self.cleaned_data[f"body_{code}"] for code in self.languages})


def _text_field(code: str) -> forms.CharField:
    return forms.CharField(
        label=_("Text, {language}").format(language=language_name(code)),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7, "lang": code}),
        error_messages={"max_length": _("Text must be 8,000 characters or fewer")},
    )


def _initial(macro: Macro, agent: Agent, texts: Mapping[str, str]) -> dict[str, object]:
    acts = acts_of(macro.acts)
    by_kind = {act.kind: act.value for act in acts}
    days, reason = days_and_reason(by_kind.get(staged.HOLD, ""))
    shared = EVERYBODY if agent.role != Agent.Role.AGENT else OWN
    return {
        "name": macro.name,
        "product": macro.product,
        "says_delay": macro.says_delay,
        "reach": _reach_of(macro) if macro.pk else shared,
        "add_tags": _named(acts, staged.ADD_TAG),
        "remove_tags": _named(acts, staged.REMOVE_TAG),
        "assign": by_kind.get(staged.ASSIGN, ""),
        "status": by_kind.get(staged.STATUS, ""),
        "hold": reason,
        "days": days or None,
        "resolve": staged.RESOLVE in by_kind,
        **{f"body_{code}": body for code, body in texts.items()},
    }


def _named(acts: Sequence[Act], kind: str) -> str:
    return ", ".join(act.value for act in acts if act.kind == kind)


def _reach_of(macro: Macro) -> str:
    if macro.owner_id:
        return OWN
    return f"{TEAM}{macro.team}" if macro.team else EVERYBODY


def _reaches(agent: Agent) -> list[tuple[str, str]]:
    """Return for whom an agent may write: leads for everybody, the others for themselves."""
    own = [(OWN, _("Only me"))]
    if agent.role == Agent.Role.AGENT:
        return own
    teams = [
        (f"{TEAM}{skill.key}", _("Who knows {skill}").format(skill=skill.name))
        for skill in Skill.objects.order_by("name")
    ]
    return [(EVERYBODY, _("Everybody")), *teams, *own]


def _assignees() -> list[tuple[str, str]]:
    agents = Agent.objects.active().order_by("name").values_list("pk", "name")
    return [
        ("", _("Leave it as it is")),
        (staged.ME, _("Who sends it")),
        (staged.NOBODY, _("Nobody: back into the queue")),
        *((str(number), name) for number, name in agents),
    ]


def _statuses() -> list[tuple[str, str]]:
    kept = Status.objects.filter(retired_at=None).order_by("category", "position", "pk")
    return [("", _("Leave it as it is")), *((str(s.pk), status_name(s)) for s in kept)]


def _acts(data: Mapping[str, Any]) -> Iterator[Act]:
    for kind, name in ((staged.ADD_TAG, "add_tags"), (staged.REMOVE_TAG, "remove_tags")):
        for tag in str(data[name]).split(","):
            if tag.strip():
                yield Act(kind, tag.strip()[:60])
    for kind, name in ((staged.ASSIGN, "assign"), (staged.STATUS, "status")):
        if data[name]:
            yield Act(kind, data[name])
    if data["hold"].strip():
        yield Act(staged.HOLD, f"{data['days'] or ''} {data['hold'].strip()}")
    if data["resolve"]:
        yield Act(staged.RESOLVE)
