"""Where customers write, and read what they were promised."""

from __future__ import annotations

from django.urls import path

from answerable.portal.views import (
    contact,
    exports,
    files,
    misses,
    outbox,
    people,
    preferences,
    rating,
    report,
    requests,
    rules,
    team,
    team_changes,
    worse,
)

app_name = "portal"
urlpatterns = [
    path("contact/", contact.contact, name="new"),
    path("contact/promise/", contact.promise, name="offer"),
    path("contact/uploads/", files.upload_new, name="upload_new"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:number>/", requests.one, name="request"),
    path("requests/<int:number>/conversation/", requests.conversation, name="conversation"),
    path("requests/<int:number>/promise/", requests.promise, name="promise"),
    path("requests/<int:number>/why/", requests.why, name="why"),
    path("requests/<int:number>/files/<int:attachment>/", files.file, name="file"),
    path("requests/<int:number>/written/<int:message>/", files.written, name="written"),
    path("requests/<int:number>/uploads/", files.upload, name="upload"),
    path("requests/<int:number>/messages/", requests.answer, name="answer"),
    path("requests/<int:number>/severity/", rating.severity, name="severity"),
    path("requests/<int:number>/another-look/", rating.another_look, name="another_look"),
    path("requests/<int:number>/worse/", worse.worse, name="worse"),
    path("requests/<int:number>/people/", people.name, name="name"),
    path(
        "requests/<int:number>/people/<int:participant>/removal/",
        people.unname,
        name="unname",
    ),
    path("requests/<int:number>/privacy/", people.privacy, name="privacy"),
    path("requests/<int:number>/closure/", requests.solved, name="solved"),
    path("requests/<int:number>/reopening/", requests.not_solved, name="not_solved"),
    path("requests/<int:number>/misses/<int:clock>/appeal/", misses.appeal, name="appeal"),
    path("team/", team.requests, name="team"),
    path("team/people/", team.people, name="people"),
    path("team/people/new/", team_changes.invite, name="invite"),
    path("team/people/<int:key>/", team_changes.person, name="person"),
    path("team/changes/", team.changes, name="changes"),
    path("team/changes/<int:key>/undoing/", team_changes.undo, name="undo"),
    path("team/rules/", rules.rules, name="rules"),
    path("team/rules/<int:key>/end/", rules.end, name="rule_end"),
    path("report/", report.report, name="report"),
    path("report/sheet/", report.sheet_of_lines, name="report_sheet"),
    path("report/list/", report.listed, name="report_list"),
    path("report/list/sheet/", report.sheet_of_list, name="report_list_sheet"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/devices/", preferences.end_device, name="end_device"),
    path("preferences/data/", exports.ask, name="ask_data"),
    path("preferences/data/<int:key>/", exports.data, name="data"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:key>/", outbox.mail, name="mail"),
]
