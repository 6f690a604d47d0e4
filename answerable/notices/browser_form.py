"""What a browser says so that it can be sent push messages, checked before it is believed."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from answerable.lib.outbound.deciding import place_of
from answerable.lib.outbound.words import Refused
from answerable.notices import push
from answerable.notices.actions import Browser


class BrowserForm(forms.Form):
    """What a browser says so that it can be sent push messages."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)
    name = forms.CharField(max_length=100, required=False)

    def clean_endpoint(self) -> str:
        """Return an address that our guarded client may ask."""
        try:
            return place_of(
                self.cleaned_data["endpoint"], settings.ANSWERABLE_OUTBOUND_ALLOW
            ).url
        except Refused as refused:
            raise ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        """Try the keys: a message to them must be one that can be written."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                push.encrypted(b"", cleaned["p256dh"], cleaned["auth"])
            except push.Unreadable as unreadable:
                raise ValidationError(_("The browser's keys cannot be used")) from unreadable
        return cleaned

    def why(self) -> str:
        """Return what is wrong with it."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)

    def browser(self) -> Browser:
        """Return the browser."""
        said = self.cleaned_data
        return Browser(said["endpoint"], said["p256dh"], said["auth"], said["name"])


def said_in(request: HttpRequest) -> dict[str, Any]:
    """Return what a page sent as JSON; nothing where it is no object."""
    try:
        said = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
