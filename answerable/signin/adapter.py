"""How allauth writes and speaks: its mails are ours, and so are its words."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from answerable.accounts.adapter import JUST_NOW_SECONDS, AccountAdapter
from answerable.accounts.models import Agent, User
from answerable.channels.email.actions import send_letter


class OurAdapter(AccountAdapter):
    """Sends allauth's few mails as letters, and lets only agents have a password."""

    error_messages = {
        **AccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("Email or password is not right."),
        "enter_current_password": _("Enter the password that you have now"),
        "incorrect_code": _("This code is not right. Enter the newest one."),
        "incorrect_password": _("Password is not right."),
        "invalid_login": _("Email or password is not right."),
        "invalid_password_reset": _("This link is used up."),
        "too_many_login_attempts": _("Too many tries. Try again in 5 minutes."),
        "rate_limited": _("Too many tries. Try again in 5 minutes."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's mails as a letter of ours."""
        context = {**context, "email": email}
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        body = render_to_string(f"{template_prefix}_message.txt", context)
        send_letter(to=email, subject=" ".join(subject.split()), body=body, at=now())

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Send the link to agents; contacts have no password to forget."""
        if Agent.objects.filter(user=user).exists():
            super().send_password_reset_mail(user, email, context)
        else:
            self.send_mail("account/email/unknown_account", email, context)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask again who it is, unless somebody signed in just now."""
        if not super().is_reauthentication_required(app=app):
            return False
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record["at"] for record in records), default=0.0)
        return bool(time.time() - newest > JUST_NOW_SECONDS)
