"""Every address, by room."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("desk/", include("answerable.desk.urls")),
    path("desk/reports/", include("answerable.reports.urls")),
    path("live/", include("answerable.live.urls")),
    path("patterns/", include("answerable.design.urls")),
    path("", include("answerable.signin.urls")),
    path("sign-in/agent/", include("allauth.urls")),
    path("", include("answerable.ops.urls")),
    path("", include("answerable.portal.urls")),
]

# What could not be read is answered in words; see also the pages of 404 and 500 in design.
handler400 = "answerable.portal.views.refused.bad_request"
