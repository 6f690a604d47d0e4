"""Rules by which people of a customer see requests of their colleagues: data, one row each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent, Contact, Customer


class VisibilityRuleQuerySet(models.QuerySet["VisibilityRule"]):
    def in_force(self) -> VisibilityRuleQuerySet:
        return self.filter(ended_at=None)


class VisibilityRule(models.Model):
    """Some people of a customer see some of its requests. Private ones are never among them.

    A rule only ever adds: whoever sees a request without it sees it with it. It is ended and
    never changed, so that who could see what stays on record.
    """

    class Who(models.TextChoices):
        EVERYBODY = "everybody", "Everybody"
        ROLE = "role", "People with the role …"
        SEAT = "seat", "People with the seat …"
        DOMAIN = "domain", "People with addresses at …"
        DEPARTMENT = "department", "People of the department …"

    class Sees(models.TextChoices):
        COMPANY = "company", "all requests"
        PRODUCT = "product", "requests about the product …"
        DEPARTMENT = "department", "requests of the department …"
        DOMAIN = "domain", "requests of people with addresses at …"

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="visibility_rules")
    who = models.CharField(max_length=20, choices=Who)
    who_is = models.CharField(max_length=253, blank=True)
    sees = models.CharField(max_length=20, choices=Sees)
    sees_is = models.CharField(max_length=253, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    made_by_agent = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    ended_by_agent = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")

    objects = VisibilityRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="visibility_rule_once",
                fields=["customer", "who", "who_is", "sees", "sees_is"],
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.who_is} of {self.customer_id}: {self.sees} {self.sees_is}"

    def names(self, contact: Contact) -> bool:
        """Whether a contact is one of those whom it lets see more."""
        is_so = {
            self.Who.ROLE: contact.product_role,
            self.Who.SEAT: contact.seat,
            self.Who.DOMAIN: domain_of(contact.email),
            self.Who.DEPARTMENT: contact.department.strip().lower(),
        }
        if contact.customer_id != self.customer_id:
            return False
        fact = is_so.get(self.Who(self.who), "")
        return self.who == self.Who.EVERYBODY or (fact != "" and fact == self.who_is)


def domain_of(address: str) -> str:
    """Return the part of an address after the at sign, in lower case."""
    return address.rpartition("@")[2].lower()
