"""What agents enter as keys of their own: a character for each command, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.desk.keymap import CHANGEABLE, Clash, clashes, is_one_key, kept, typed_for
from answerable.desk.keys import KEYS, PREFIX, SCOPES, Key, Words

SINGLE = "single_keys"


@dataclass(frozen=True, slots=True)
class Row:
    """A command on the page: its field, what it has by the table, and whether after G."""

    key: Key
    field: BoundField
    standard: str
    after_g: bool
    others: tuple[str, ...]


class KeysForm(forms.Form):
    """A field for each command whose key can be changed; an empty one has no key."""

    single_keys = forms.BooleanField(label=gettext_lazy("Single keys act"), required=False)

    def __init__(
        self, own: Mapping[str, str], data: QueryDict | None = None, *, single: bool = True
    ) -> None:
        initial: dict[str, Any] = {SINGLE: single}
        initial |= {name: _character(KEYS[name], own) for name in CHANGEABLE}
        super().__init__(data, initial=initial)
        for name in (key for key in KEYS if key in CHANGEABLE):
            self.fields[name] = _field(KEYS[name])

    @property
    def scopes(self) -> list[tuple[Words, list[Row]]]:
        """The rows of each part of the desk that has any."""
        parts = [
            (scope.name, [key for key in scope.keys if key.name in CHANGEABLE])
            for scope in SCOPES
        ]
        return [(name, [self._row(key) for key in keys]) for name, keys in parts if keys]

    @property
    def own(self) -> dict[str, str]:
        """Return the keys that were chosen, only where they differ from the table."""
        return kept(
            {name: typed_for(KEYS[name], self.cleaned_data[name]) for name in CHANGEABLE}
        )

    def clean(self) -> dict[str, Any]:
        """Find what cannot be typed by one press, and what would be typed alike."""
        for name in CHANGEABLE & self.cleaned_data.keys():
            typed = typed_for(KEYS[name], self.cleaned_data[name])
            if typed and not is_one_key(KEYS[name], typed):
                self.add_error(name, _no_key(KEYS[name], typed))
        if not self.errors:
            for clash in clashes(self.own):
                self._tell(clash)
        return self.cleaned_data

    def _row(self, key: Key) -> Row:
        free = key.free
        return Row(
            key=key,
            field=self[key.name],
            standard=free.removeprefix(PREFIX),
            after_g=free.startswith(PREFIX),
            others=tuple(typed for typed in key.typed if typed != free),
        )

    def _tell(self, clash: Clash) -> None:
        typed = clash.typed.removeprefix(PREFIX)
        words = _(
            "“{typed}” is the key of “{one}” and of “{other}”. Choose another for one of them."
        )
        said = words.format(typed=typed, one=clash.one.does, other=clash.other.does)
        for name in (clash.other.name, clash.one.name):
            if name in self.fields:
                return self.add_error(name, said)
        return None


def _field(key: Key) -> forms.CharField:
    attrs = {
        "class": "input key-input",
        "autocomplete": "off",
        "autocapitalize": "off",
        "spellcheck": "false",
        "size": "2",
    }
    return forms.CharField(
        label=str(key.does), required=False, max_length=8, widget=forms.TextInput(attrs=attrs)
    )


def _character(key: Key, own: Mapping[str, str]) -> str:
    return own.get(key.name, key.free).removeprefix(PREFIX)


def _no_key(key: Key, typed: str) -> str:
    if typed == PREFIX.strip():
        return _(
            "“g” leads to the keys for going somewhere. Choose another for “{what}”."
        ).format(what=key.does)
    return _("Enter one character for “{what}”, or nothing to switch it off.").format(
        what=key.does
    )
