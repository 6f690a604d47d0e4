"""What was bought: subscriptions, plans, contracts, and who was designated under them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent, Contact, Customer
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.terms import known_terms, terms_of
from answerable.lib.outbound.words import why


class Subscription(models.Model):
    """A product that a customer runs, and at which tier."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="subscriptions")
    product = models.CharField(max_length=60)
    tier = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.product} {self.tier}"


class Plan(models.Model):
    """A support programme that the vendor sells; its terms stand in its versions.

    One that is retired is sold to nobody any more; whoever has it keeps it.
    """

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class PlanVersion(models.Model):
    """The terms of a plan as published. The database refuses to change one: tickets pin it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    published_at = models.DateTimeField()
    # From when on tickets may be received under it; which contracts do, their adoptions say.
    effective_from = models.DateTimeField()
    published_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="plan_version_has_its_number", fields=["plan", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.name} v{self.number}"

    @property
    def terms(self) -> Terms:
        """The document as terms; read once, since a version never changes.

        Whoever reads many rows with their versions leaves the document out: it is fetched where
        this process does not know the terms yet.
        """
        known = known_terms(self.pk) if "document" in self.get_deferred_fields() else None
        return known or terms_of(self.pk, self.document)


class PlanText(models.Model):
    """The text of a version as somebody wrote it, with its comments.

    It stands apart because every read of a promise would carry it along.
    """

    version = models.OneToOneField(
        PlanVersion, models.CASCADE, primary_key=True, related_name="written"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return f"text of {self.version_id}"


class PlanDraft(models.Model):
    """The next version of a plan as one writer has it so far. It promises nobody anything.

    `based_on` is the version that it was begun from, None for a plan that has none yet. Writers
    do not share drafts: what one publishes meanwhile, the other is told.
    """

    plan_key = models.SlugField()
    writer = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    based_on = models.ForeignKey(PlanVersion, models.CASCADE, null=True, related_name="+")
    text = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_draft_by_writer", fields=["plan_key", "writer"]),
        ]

    def __str__(self) -> str:
        return f"draft of {self.plan_key} by {self.writer_id}"


class DraftFile(models.Model):
    """An iCalendar file that the text of a draft names: no folder lies beside a page."""

    draft = models.ForeignKey(PlanDraft, models.CASCADE, related_name="files")
    place = models.CharField(max_length=500)
    data = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="draft_file_by_place", fields=["draft", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.place} of {self.draft_id}"


class VersionFile(models.Model):
    """An iCalendar file as it was when a version was published. The database keeps it so."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="files")
    place = models.CharField(max_length=500)
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="version_file_by_place", fields=["version", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.place} of {self.version_id}"


class Feed(models.Model):
    """What an iCalendar feed says, as it was last fetched well, and how fetching it goes.

    It promises nobody anything: a version has the dates of when it was published.
    """

    url = models.CharField(max_length=2000, unique=True)
    # None until it was fetched once; `got_at` is when it was last known to say this.
    data = models.BinaryField(null=True)
    got_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=500, blank=True, default="")
    last_modified = models.CharField(max_length=100, blank=True, default="")
    tried_at = models.DateTimeField()
    # Why it was not fetched, as lib.outbound.words says it; since when that is so.
    trouble = models.JSONField(null=True)
    failing_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.url

    @property
    def why(self) -> str:
        """Why it was not fetched when that was last tried; empty when it was."""
        return why(self.trouble["reason"], self.trouble["values"]) if self.trouble else ""


class FeedChange(models.Model):
    """The feeds of a plan have other days off than its newest version, until somebody decides.

    Publishing again settles it. Who keeps the version as it is dismisses these days; other days
    are another change.
    """

    version = models.OneToOneField(PlanVersion, models.CASCADE, related_name="feed_change")
    days = models.JSONField()
    found_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{len(self.days)} days of {self.version_id}"


class ContractQuerySet(models.QuerySet["Contract"]):
    def in_force(self, at: datetime) -> ContractQuerySet:
        begun = Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
        return self.filter(begun, status=Contract.Status.ACTIVE)


class Contract(models.Model):
    """A customer bought a plan, from one instant to another.

    `plan_version` is the version that was signed; which one counts when, its adoptions say.
    `source` is the system that keeps it, and `confirmed_at` when that said last that it is so;
    what is kept by hand has neither.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        SUSPENDED = "suspended", "Suspended"
        CANCELLED = "cancelled", "Cancelled"

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contracts")
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="contracts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    order_ref = models.CharField(max_length=100, blank=True)
    # How many paid seats were bought with it; None: any number.
    seats = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=100, blank=True, default="", db_default="")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="contract_of_a_source_once",
                fields=["source", "order_ref"],
                condition=~Q(source=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.plan_version_id}"


class SeatChange(models.Model):
    """A contract had so many paid seats before, and so many since; None: any number."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="seat_changes")
    before = models.PositiveIntegerField(null=True)
    after = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.before} to {self.after}"


class Adoption(models.Model):
    """A contract follows a version of a plan for tickets received from an instant on.

    Of those that have begun the one that was decided on last counts.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="adoptions")
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="adoptions")
    from_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.contract_id} follows {self.plan_version_id}"


class Designation(models.Model):
    """A contact was named under a contract as one through whom guarantees exist."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="designations")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="designations")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="designation_runs_once",
                fields=["contract", "contact"],
                condition=Q(valid_to=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} under {self.contract_id}"
