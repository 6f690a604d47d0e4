"""Dana holds the guarantee, Sam has a seat, Ana and Ben answer, Lena leads. Mara's contract
ended, Tom never had one; Nobody Known writes from outside."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.accounts import actions as accounts
from answerable.accounts.models import Agent, Contact, Customer
from answerable.entitlements import actions as entitlements
from answerable.entitlements.models import Contract
from answerable.sla.actions import publish_text

YEAR = timedelta(days=365)
VENDOR = "answerable.example"


class Cast:
    """Everybody, made by the real actions. `at` is now; contracts began a year before."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._make_agents()
        text = entitlements.read_plan_text(entitlements.SHIPPED / "premium.toml")
        self.premium = publish_text(text, at=at - YEAR)
        self._make_nordwind()
        self._make_others()

    def _make_agents(self) -> None:
        roles = Agent.Role
        self.ana = self._agent("Ana Silva", roles.AGENT, "Specialist")
        self.ben = self._agent("Ben Adler", roles.AGENT, "Specialist")
        self.chidi = self._agent("Chidi Okafor", roles.AGENT, "Specialist")
        self.lena = self._agent("Lena Brandt", roles.LEAD, "Support lead")
        self.ravi = self._agent("Ravi Patel", roles.AGENT, "Technical account manager")
        self.ida = self._agent("Ida Holm", roles.ADMINISTRATOR, "Administrator")
        accounts.set_duty(self.ravi, on_duty=False)

    def _agent(self, name: str, role: str, title: str) -> Agent:
        address = f"{name.split(maxsplit=1)[0].lower()}@{VENDOR}"
        return accounts.make_agent(email=address, name=name, role=role, title=title, at=self.at)

    def _make_nordwind(self) -> None:
        self.nordwind = self._customer("Nordwind GmbH", "nordwind.example", "Europe/Berlin")
        accounts.name_account_manager(self.nordwind, self.ravi)
        self._subscribe(self.nordwind, "enterprise")
        self.contract = self._contract(self.nordwind, ends_in=YEAR / 2)
        self.dana = self._admin(self.nordwind, "Dana Wolf", "dana", self.contract)
        self.kim = self._admin(self.nordwind, "Kim Park", "kim", self.contract)
        self.sam = self._person(self.nordwind, "Sam Ortiz", "sam")

    def _make_others(self) -> None:
        self.brightwater = self._customer(
            "Brightwater Ltd", "brightwater.example", "Europe/London"
        )
        self._subscribe(self.brightwater, "enterprise")
        held = self._contract(self.brightwater, ends_in=YEAR)
        self.olive = self._admin(self.brightwater, "Olive Grant", "olive", held)
        self.kestrel = self._customer("Kestrel Robotics", "kestrel.example", "America/New_York")
        self._subscribe(self.kestrel, "enterprise")
        ended = self._contract(self.kestrel, ends_in=-timedelta(days=30))
        self.mara = self._admin(self.kestrel, "Mara Lind", "mara", ended)
        self.meridian = self._customer("Meridian Foods", "meridian.example", "Asia/Tokyo")
        self._subscribe(self.meridian, "professional")
        self.tom = self._person(
            self.meridian, "Tom Reyes", "tom", role=Contact.Role.SUPER_ADMIN
        )

    def _customer(self, name: str, domain: str, zone: str) -> Customer:
        return accounts.add_customer(name, domains=[domain], zone=zone, at=self.at - YEAR)

    def _subscribe(self, customer: Customer, tier: str) -> None:
        entitlements.add_subscription(
            customer, product="service", tier=tier, starts_at=self.at - YEAR
        )

    def _contract(self, customer: Customer, *, ends_in: timedelta) -> Contract:
        return entitlements.sign_contract(
            customer, self.premium, starts_at=self.at - YEAR, ends_at=self.at + ends_in
        )

    def _admin(
        self, customer: Customer, name: str, mailbox: str, contract: Contract
    ) -> Contact:
        contact = self._person(customer, name, mailbox, role=Contact.Role.SUPER_ADMIN)
        entitlements.designate(contract, contact, at=self.at - YEAR)
        return contact

    def _person(
        self, customer: Customer, name: str, mailbox: str, role: str = Contact.Role.MEMBER
    ) -> Contact:
        return accounts.add_contact(
            customer,
            name=name,
            email=f"{mailbox}@{customer.domains[0]}",
            product_role=role,
            seat=Contact.Seat.PAID,
            at=self.at - YEAR,
        )
