"""The made-up product: no page of ours, but of another look and with its own policy."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.models import Contact, Installation
from answerable.accounts.signed import workspace
from answerable.widget.demo.signing import demo_key, identity_of

# Who can be played, and what of a plan each stands for.
PEOPLE = {
    "dana": "dana@nordwind.example",
    "sam": "sam@nordwind.example",
    "tom": "tom@meridian.example",
    "mara": "mara@kestrel.example",
}
NOBODY = "nobody"
PAGES = ("contacts", "exports", "dashboards")
# As docs/widget.md tells vendors to have it, with trusted types beside it.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src {help}",
        "connect-src {help}",
        "style-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types answerable",
    ]
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What was chosen: a page, whom to be, a theme, and whether styles are hostile."""

    page: str
    who: str
    theme: str
    hostile: bool

    def other(self, **changes: str) -> str:
        """Return the query of the same with something else."""
        now_chosen = {"as": self.who, "theme": self.theme} | (
            {"hostile": "1"} if self.hostile else {}
        )
        return urlencode({key: value for key, value in (now_chosen | changes).items() if value})


@require_safe
@never_cache
def page(request: HttpRequest, page: str = "contacts") -> HttpResponse:
    """Show a page of the product, as somebody of the cast uses it."""
    if page not in PAGES or not Installation.objects.filter(demo=True).exists():
        raise Http404
    shown = _shown(request, page)
    person = _person(shown.who)
    context = {
        "shown": shown,
        "person": person,
        "people": _people(shown),
        "pages": [(one, one.capitalize()) for one in PAGES],
        "keep": shown.other(),
        "other_theme": shown.other(theme="" if shown.theme == "dark" else "dark"),
        "identity": identity_of(person, at=now()) if person else "",
        "workspace": workspace().name,
        "has_key": demo_key() is not None,
        "help": settings.ANSWERABLE_URL,
    }
    answer = render(request, "widget/demo/page.html", context)
    help_origin = request.build_absolute_uri("/").rstrip("/")
    answer.headers["Content-Security-Policy"] = POLICY.format(help=help_origin)
    return answer


@require_safe
@never_cache
def token(request: HttpRequest) -> HttpResponse:
    """Sign anew who somebody is, as the product's server does when a token is old."""
    if not Installation.objects.filter(demo=True).exists():
        raise Http404
    person = _person(request.GET.get("as", ""))
    return JsonResponse({"identity": identity_of(person, at=now()) if person else ""})


def _shown(request: HttpRequest, page: str) -> Shown:
    who = request.GET.get("as", "dana")
    theme = request.GET.get("theme", "")
    return Shown(
        page=page,
        who=who if who in PEOPLE else NOBODY,
        theme=theme if theme in {"light", "dark"} else "",
        hostile="hostile" in request.GET,
    )


def _person(who: str) -> Contact | None:
    found = Contact.objects.filter(email=PEOPLE.get(who, ""), left_at=None)
    return found.select_related("customer").first()


def _people(shown: Shown) -> list[tuple[str, str, bool]]:
    named = {
        contact.email: contact for contact in Contact.objects.filter(email__in=PEOPLE.values())
    }
    rows = [
        (shown.other(**{"as": key}), named[email].name, key == shown.who)
        for key, email in PEOPLE.items()
        if email in named
    ]
    return [*rows, (shown.other(**{"as": NOBODY}), "", shown.who == NOBODY)]
