"""A plan that says everything that a plan can say."""

from __future__ import annotations

RICH = """\
key = "rich"
name = "Rich"
languages = ["en", "de"]
terms_url = "https://vendor.example/terms"
reopen_window = "7 days"
changelog = "Urgent requests by telephone."

[prerequisite]
tier = "enterprise"

[calendars.always]
zone = "UTC"
always = true

[calendars.office]
name = "support hours"
zone = "Europe/Berlin"
mon = ["08:00-12:00", "13:00-17:00"]
fri = ["08:00-17:00"]

[requesters.contact]
name = "support contact"
designated = true

[requesters.anybody]
name = "anybody at the customer"

[designation]
most = 4
by = "customer"

[channels.form]
name = "the request form"
surfaces = ["web"]
hours = "office"

[channels.phone]
languages = ["en"]
number = "+49 30 901820"
countries = ["DE", "AT"]

[severities.urgent]
name = "Urgent"
rank = 1
definition = "Production stands still."
examples = ["Nobody can sign in"]
not_examples = ["A question"]
needs = ["impact", "Since when?"]
set_by = "both"
production_only = true
critical = true

[severities.normal]
rank = 2
default = true

[[targets]]
key = "urgent"
metric = "first_response"
severity = "urgent"
requester = "contact"
channels = ["form", "phone"]
languages = ["en"]
environments = ["production"]
products = ["service"]
within = "30 min"
calendar = "always"
kind = "guarantee"
due_soon = "20%"
kept = "95%"
starts = "severity_set"

[[targets]]
key = "normal"
metric = "first_response"
requester = "anybody"
within = "1 working day"
calendar = "office"
kind = "aim"
due_soon = "2h"

[[targets]]
key = "decide"
metric = "triage"
requester = "anybody"
within = "10m"
calendar = "always"
kind = "aim"

[[targets]]
key = "updates"
metric = "status_update"
severity = "urgent"
requester = "contact"
within = "1h"
calendar = "always"
kind = "guarantee"
every = true

[triage]
share = "25%"
rubric = [{ key = "down", says = "It is down" }]

[[ladder]]
at = 50
tell = ["lead"]

[handling]
urgent = "8m"

[pauses.waiting]
metrics = ["status_update"]
at_most = "4 days"
needs_reason = true
needs_message = true

[pauses.third_party]

[response]
by = "assignee"
calls = false
voicemail = true
bulk = false
connected = "30s"

[[exceptions]]
code = "force_majeure"
says = "Something that nobody could foresee"
needs_evidence = false
decided_by = "administrator"
appealable = false

[reclassification]
customer_until = "assigned"
vendor_may = "down"
needs_reason = false
upgrade_from = "change"
downgrade_from = "change"

[[remedies]]
key = "credit"
says = "20 % of the quarterly fee"
measure = "missed"
metrics = ["first_response"]
severities = ["urgent"]
window = "quarter"
fiscal_start = 2
more_than = 4
credit = "20%"
cap = "50%"
claim_within = "30d"
answer_within = "10d"

[[remedies]]
key = "term"
measure = "minutes_over"
metrics = ["first_response"]
window = "term"
days = 1
per = "15m"

[[remedies]]
key = "share"
measure = "kept"
metrics = ["first_response"]
bands = [{ below = "95%", credit = "2.5%" }, { below = "90%", credit = "5%" }]

[[examples]]
says = "A contact writes at night"
start = "2026-03-06 22:45 Europe/Berlin"
requester = "contact"
severity = "urgent"
channel = "form"
language = "en"
environment = "production"
product = "service"
metric = "first_response"
due = "2026-03-06 23:15 Europe/Berlin"
kind = "guarantee"
"""
