"""The log of changes to the people of a customer: who, what, when. Never changed."""

from __future__ import annotations

from django.db import models


class PeopleChange(models.Model):
    """One change to a person of a customer. Undoing one is another, which names it."""

    class What(models.TextChoices):
        INVITED = "invited", "invited"
        ROLE = "role", "role"
        SEAT = "seat", "seat"
        DEPARTMENT = "department", "department"
        DESIGNATED = "designated", "designated"
        UNDESIGNATED = "undesignated", "no longer designated"
        LEFT = "left", "left"
        RETURNED = "returned", "is back"

    customer = models.ForeignKey(
        "accounts.Customer", models.CASCADE, related_name="people_changes"
    )
    contact = models.ForeignKey("accounts.Contact", models.CASCADE, related_name="changes")
    what = models.CharField(max_length=20, choices=What)
    before = models.CharField(max_length=100, blank=True)
    after = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(
        "accounts.Contact", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    by_agent = models.ForeignKey(
        "accounts.Agent", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    undoes = models.OneToOneField(
        "self", models.SET_NULL, null=True, related_name="undone_by", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["customer", "-id"], name="people_change_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.contact_id}"
