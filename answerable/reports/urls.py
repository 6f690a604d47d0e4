"""The addresses of reports."""

from __future__ import annotations

from django.urls import path

from answerable.reports.views import promises, remedies, satisfaction

app_name = "reports"
urlpatterns = [
    path("", promises.home, name="home"),
    path("promises/", promises.promises, name="promises"),
    path("promises/sheet/", promises.sheet_of_lines, name="sheet"),
    path("promises/list/", promises.listed, name="list"),
    path("promises/list/sheet/", promises.sheet_of_list, name="list_sheet"),
    path("remedies/", remedies.remedies, name="remedies"),
    path("remedies/sheet/", remedies.sheet_of_remedies, name="remedies_sheet"),
    path("satisfaction/", satisfaction.satisfaction, name="satisfaction"),
    path("satisfaction/sheet/", satisfaction.sheet_of_lines, name="satisfaction_sheet"),
    path("satisfaction/answers/", satisfaction.sheet_of_answers, name="answers_sheet"),
    path("satisfaction/read/", satisfaction.read, name="answer_read"),
]
