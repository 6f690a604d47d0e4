"""Who: customers and their contacts on one side, agents on the other."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from answerable.accounts.devices.models import Session
from answerable.accounts.exports.models import DataExport
from answerable.accounts.limit_models import Tries
from answerable.accounts.notes.models import AccountNote, AccountNoteVersion
from answerable.accounts.team.models import PeopleChange
from answerable.accounts.widget_models import WidgetKey, WidgetSession, Workspace

__all__ = [
    "AccountNote",
    "AccountNoteVersion",
    "Agent",
    "AgentQuerySet",
    "ApiToken",
    "Contact",
    "Customer",
    "DataExport",
    "Installation",
    "People",
    "PeopleChange",
    "Session",
    "SignInLink",
    "StartCode",
    "SupportCode",
    "Tries",
    "User",
    "WidgetKey",
    "WidgetSession",
    "Workspace",
]


class People(UserManager["User"]):
    """Makes users who are known by their address alone."""

    def create_user(  # type: ignore[override]  # Ours have no user name.
        self, email: str, password: str | None = None, **extra: object
    ) -> User:
        """Create a user; without a password they sign in by link or passkey."""
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """Somebody who can sign in."""

    username = None  # type: ignore[assignment]  # Ours are known by their address.
    email = models.EmailField(unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[People] = People()

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Customer(models.Model):
    """A company that bought something from the vendor."""

    name = models.CharField(max_length=200)
    # What the vendor's own product calls this account; None where nobody said.
    key = models.CharField(max_length=100, null=True, unique=True)  # noqa: DJ001
    domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    zone = models.CharField(max_length=64, default="Europe/Berlin")
    language = models.CharField(max_length=12, default="en")
    account_manager = models.ForeignKey(
        "Agent", models.SET_NULL, null=True, blank=True, related_name="accounts"
    )
    created_at = models.DateTimeField()

    class Meta:
        indexes = [GinIndex(SearchVector("name", config="simple"), name="customer_by_name")]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A person at a customer. Role, seat and designation are three facts."""

    class Role(models.TextChoices):
        SUPER_ADMIN = "super_admin", "Super Admin"
        ADMIN = "admin", "Admin"
        MEMBER = "member", "Member"

    class Seat(models.TextChoices):
        PAID = "paid", "Paid seat"
        VIEW_ONLY = "view_only", "View-only seat"
        NONE = "none", "No seat"

    class Mailed(models.TextChoices):
        LATE = "late", _("when one is late")
        ALL = "all", _("when one is kept, and when one is late")
        NONE = "none", _("never")

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contacts")
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="contact"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField()
    product_role = models.CharField(max_length=20, choices=Role, default=Role.MEMBER)
    seat = models.CharField(max_length=20, choices=Seat, default=Seat.NONE)
    department = models.CharField(max_length=100, blank=True, default="", db_default="")
    zone = models.CharField(max_length=64, default="Europe/Berlin")
    language = models.CharField(max_length=12, default="en")
    # What the vendor's own product calls this person; None where nobody said.
    product_key = models.CharField(max_length=200, null=True)  # noqa: DJ001
    # Where they are called back: a number as E.164 writes it, +49301234567.
    phone = models.CharField(max_length=20, blank=True, default="", db_default="")
    # Where they are reached when that one fails.
    office_phone = models.CharField(max_length=20, blank=True, default="", db_default="")
    # What is told them by mail, beside what they must know: replies, how promises go (`late`,
    # `all` or `none`), the report of each month.
    mailed_replies = models.BooleanField(default=True, db_default=True)
    mailed_promises = models.CharField(
        max_length=10, choices=Mailed, default=Mailed.LATE, db_default=Mailed.LATE.value
    )
    mailed_report = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="contact_has_its_own_address"),
            models.UniqueConstraint(
                fields=["customer", "product_key"], name="contact_has_its_own_key"
            ),
        ]
        indexes = [
            GinIndex(SearchVector("name", "email", config="simple"), name="contact_by_name")
        ]

    def __str__(self) -> str:
        return self.name


class AgentQuerySet(models.QuerySet["Agent"]):
    def active(self) -> AgentQuerySet:
        return self.filter(user__is_active=True)

    def on_duty(self) -> AgentQuerySet:
        return self.active().filter(on_duty=True)


class Agent(models.Model):
    """A person of the vendor who works at the desk."""

    class Role(models.TextChoices):
        AGENT = "agent", _("Agent")
        LEAD = "lead", _("Lead")
        ADMINISTRATOR = "administrator", _("Administrator")

    user = models.OneToOneField(User, models.CASCADE, related_name="agent")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role, default=Role.AGENT)
    title = models.CharField(max_length=100, blank=True)
    zone = models.CharField(max_length=64, default="Europe/Berlin")
    language = models.CharField(max_length=12, default="en")
    on_duty = models.BooleanField(default=True)
    single_keys = models.BooleanField(default=True)
    # Keys of their own, by the names of the desk's table; "" is one that is switched off.
    keys = models.JSONField(default=dict, blank=True)
    # Whether steps, misses and appeals are told by mail, too. The desk tells them anyway.
    notified_by_mail = models.BooleanField(default=True)
    # The parts of the customer pane that they keep folded; None until they choose.
    pane_folded = ArrayField(models.CharField(max_length=20), null=True, db_default=None)
    # For how many seconds their replies may be taken back; None: as everybody's.
    undo_seconds = models.PositiveSmallIntegerField(null=True, db_default=None)

    objects = AgentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A link that was mailed to a contact. It works once; only its hash is kept."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    leads_to = models.CharField(max_length=200, default="/")

    def __str__(self) -> str:
        return f"for {self.contact_id}"


class StartCode(models.Model):
    """A code that lets its holder make the first administrator. Only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"made {self.made_at}"


class SupportCode(models.Model):
    """A code that says who somebody is, with their address or number, where they have no mail
    at hand. It works until they replace it; only its hash is kept."""

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="support_code")
    digest = models.CharField(max_length=64, unique=True)
    # Of the keys that a telephone has for it, by the secret key; a code of before has none.
    keyed_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="support_code_by_keys",
                fields=["keyed_digest"],
                condition=~Q(keyed_digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"of {self.contact_id}"


class ApiToken(models.Model):
    """Lets a program of the vendor ask as an agent may. Only its hash is kept; it expires."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.agent_id}"


class Installation(models.Model):
    """What this installation is: one row."""

    demo = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_installation"),
        ]

    def __str__(self) -> str:
        return "demo" if self.demo else "installation"
