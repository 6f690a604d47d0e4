"""One settings file. Everything that differs between machines is read from the environment."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from answerable.files.clamd import checked_place
from answerable.installed import INSTALLED_APPS, MIDDLEWARE
from answerable.lib.database import database_from_url
from answerable.lib.env import (
    env,
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_numbers,
    env_pairs,
)
from answerable.lib.logs import logging_at
from answerable.lib.outbound.deciding import allowed_by

__all__ = ["INSTALLED_APPS", "MIDDLEWARE"]

HOUSE = Path(__file__).parent
DATA = Path(env("ANSWERABLE_DATA", "data")).resolve()

SECRET_KEY = env("ANSWERABLE_SECRET_KEY", "only-for-development-and-tests-0123456789abcdef")
DEBUG = env_bool("ANSWERABLE_DEBUG", default=False)
ANSWERABLE_URL = env("ANSWERABLE_URL", "http://127.0.0.1:8000").rstrip("/")
ANSWERABLE_VENDOR = env("ANSWERABLE_VENDOR", "Answerable")
ALLOWED_HOSTS = env_list("ANSWERABLE_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = [ANSWERABLE_URL]

# The database: PostgreSQL, and nothing else.
SERVER = env("ANSWERABLE_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/answerable")
DATABASES = {"default": database_from_url(SERVER, pool=env_int("ANSWERABLE_DATABASE_POOL", 8))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOT_URLCONF = "answerable.urls"
ASGI_APPLICATION = "answerable.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "answerable.accounts.context.installation",
            ],
            "builtins": ["answerable.design.templatetags.design"],
            "libraries": {"i18n": "answerable.design.templatetags.translated"},
        },
    },
]

# Our `i18n` stands in for Django's on purpose (design/templatetags/translated.py).
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# What happens, in this order, whenever something happens to a ticket.
TICKET_REACTIONS = [
    "answerable.sla.reactions.follow",
    "answerable.channels.email.reactions.follow",
    "answerable.routing.reactions.follow",
    "answerable.macros.reactions.follow",
]

# The same for what happens to thousands of tickets at once.
TICKET_MANY_REACTIONS = ["answerable.routing.reactions.follow_many"]

# How what an agent did is taken back within a minute: each way that there is.
UNDO_WAYS = {
    "assignee": "answerable.tickets.actions.undo_state.Assignee",
    "state": "answerable.tickets.actions.undo_state.StateOf",
    "merge": "answerable.tickets.actions.undo_state.MergeOf",
    "severity": "answerable.sla.actions.undoing.Severity",
    "links": "answerable.tickets.actions.undo_joining.LinksOf",
    "split": "answerable.tickets.actions.undo_joining.SplitOf",
    "tags": "answerable.tickets.actions.undo_filing.TagsOf",
    "fields": "answerable.tickets.actions.undo_filing.FieldsOf",
    "priority": "answerable.tickets.actions.undo_filing.PriorityOf",
    "status": "answerable.tickets.actions.undo_filing.StatusOf",
    "person": "answerable.tickets.actions.undo_belonging.PersonOf",
    "update": "answerable.sla.actions.undoing.PromisedUpdate",
}

# Who is on tickets just now, beside who was served them: functions of numbers, an agent and an
# instant that return those on which somebody else is. `Q` skips them.
QUEUE_BUSY = ["answerable.routing.company.visited"]

# Returns the keys of the teams that an agent is in: whose signatures they may sign with.
AGENT_TEAMS = "answerable.routing.views.team_keys"
# What says which kinds of processes gave no sign of life of late, for the wallboard.
WALL_SENSORS = ["answerable.ops.queries.silent_kinds"]

# What takes out of rooms for good what they keep otherwise than as words in columns.
TICKET_REDACTORS = [
    "answerable.channels.email.actions.redacting.empty_mails",
    "answerable.channels.chat.actions.redacting.tell_pages",
    "answerable.search.actions.redacting.forget_words",
]
# Where no words of people stand, and which are never changed: clocks and how they came about.
NEVER_REDACTED = {"sla.Clock", "sla.ClockEntry", "sla.Decision", "sla.EscalationStep"}
# Who may take out more than a card's number: "agents", "leads" (and administrators) or
# "administrators".
ANSWERABLE_REMOVED_BY = env_choice("ANSWERABLE_REMOVED_BY", "leads", "agents", "administrators")

# What judges a plan before it is published, beside its own rules.
PLAN_CHECKS = ["answerable.sla.reach.check_reach"]

# How calls are made: each way of voice.models.Call that there is, in the order of choice.
CALL_WAYS = {
    "browser": "answerable.channels.voice.browser.FromBrowser",
    "provider": "answerable.channels.voice.twilio.way.ByProvider",
    "hand": "answerable.channels.voice.hand.ByHand",
}

# How many calls one person may ask for in a day, and all in an hour, and for how many minutes a
# provider is paid in a month; 0: any number.
ANSWERABLE_CALLS_PER_PERSON = env_int("ANSWERABLE_CALLS_PER_PERSON", 5)
ANSWERABLE_CALLS_PER_HOUR = env_int("ANSWERABLE_CALLS_PER_HOUR", 120)
ANSWERABLE_CALL_MINUTES = env_int("ANSWERABLE_CALL_MINUTES", 5000)

# Who may make new labels: "agents", "leads" (and administrators) or "administrators".
ANSWERABLE_LABELS_MADE_BY = env("ANSWERABLE_LABELS_MADE_BY", "agents")

# Who may listen to which live topics: the word before the dash, and its guard.
LIVE_GUARDS = {
    "ticket": "answerable.tickets.access.may_listen",
    "request": "answerable.tickets.access.may_listen_as_contact",
    "queue": "answerable.accounts.access.is_agent_topic",
    "account": "answerable.accounts.access.is_agent_topic",
    "company": "answerable.accounts.access.is_agent_topic",
    "notices": "answerable.accounts.access.is_own_notices_topic",
    "requests": "answerable.accounts.access.is_own_customer_topic",
    "articles": "answerable.accounts.access.is_agent_topic",
    "customer": "answerable.accounts.access.is_of_customer_topic",
    "call": "answerable.channels.voice.access.may_listen",
    "incidents": "answerable.incidents.access.may_listen",
    "wall": "answerable.forecast.access.may_listen",
    "crew": "answerable.forecast.access.may_listen",
}

# How much rules may do on one ticket in an hour, and for how many days their runs are kept.
ANSWERABLE_RULES_PER_HOUR = env_int("ANSWERABLE_RULES_PER_HOUR", 20, most=1000)
ANSWERABLE_RULES_DAYS = env_int("ANSWERABLE_RULES_DAYS", 90, most=3650)

# Signing in.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "answerable.accounts.backend.People",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "answerable.signin.adapter.OurAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = ANSWERABLE_VENDOR
# "required": agents open the desk with a second factor or a passkey only. "optional": or not.
ANSWERABLE_SECOND_FACTOR = env("ANSWERABLE_SECOND_FACTOR", "required")
LOGIN_URL = "signin:choose"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}CommonPasswordValidator"},
]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ANSWERABLE_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "answerable.accounts.devices.store"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None

# Forms: a request of more than this is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Mail. "outbox:" keeps sent mail in the database, where the outbox page shows it.
ANSWERABLE_MAIL_URL = env("ANSWERABLE_MAIL_URL", "outbox:")
# Mail to some domains goes out by another server: "example.com=smtp://relay:25", with spaces.
ANSWERABLE_MAIL_ROUTES = env("ANSWERABLE_MAIL_ROUTES")
ANSWERABLE_MAIL_SERVER_CONNECTIONS = env_int("ANSWERABLE_MAIL_SERVER_CONNECTIONS", 4)
ANSWERABLE_MAIL_PER_MINUTE = env_numbers("ANSWERABLE_MAIL_PER_MINUTE")
ANSWERABLE_MAIL_GIVE_UP_HOURS = env_int("ANSWERABLE_MAIL_GIVE_UP_HOURS", 48)
ANSWERABLE_MAIL_ADDRESS = env("ANSWERABLE_MAIL_ADDRESS", "support@answerable.example")
ANSWERABLE_MAIL_HOST = env("ANSWERABLE_MAIL_HOST", "127.0.0.1")
ANSWERABLE_MAIL_PORT = env_int("ANSWERABLE_MAIL_PORT", 2525)
ANSWERABLE_MAIL_ALIASES = env_list("ANSWERABLE_MAIL_ALIASES")
ANSWERABLE_MAIL_MAX_MB = env_int("ANSWERABLE_MAIL_MAX_MB", 50)
ANSWERABLE_MAIL_CONNECTIONS = env_int("ANSWERABLE_MAIL_CONNECTIONS", 50)
ANSWERABLE_MAIL_RATE = env_int("ANSWERABLE_MAIL_RATE", 600)
ANSWERABLE_MAIL_CERTIFICATE = env("ANSWERABLE_MAIL_CERTIFICATE")
ANSWERABLE_MAIL_CERTIFICATE_KEY = env("ANSWERABLE_MAIL_CERTIFICATE_KEY")
ANSWERABLE_MAIL_LMTP = env("ANSWERABLE_MAIL_LMTP")
# Providers that call when mail came, or did not arrive; each with what proves that it is them.
ANSWERABLE_MAIL_WEBHOOKS = env("ANSWERABLE_MAIL_WEBHOOKS")
# For how many seconds a reply can be taken back before it leaves; 0: not at all.
ANSWERABLE_UNDO_SECONDS = env_int("ANSWERABLE_UNDO_SECONDS", 10, most=30)
# Signs mail that goes out: private keys in PEM, and a selector for each.
ANSWERABLE_DKIM_KEY = env("ANSWERABLE_DKIM_KEY")
ANSWERABLE_DKIM_SELECTOR = env_list("ANSWERABLE_DKIM_SELECTOR")
DEFAULT_FROM_EMAIL = ANSWERABLE_MAIL_ADDRESS
# What one provider knows and another does not is no reason not to send.
ANYMAIL = {"IGNORE_UNSUPPORTED_FEATURES": True}

# Files. They are served without cookies: by a host of their own, where one is named.
ANSWERABLE_FILES_URL = env("ANSWERABLE_FILES_URL").rstrip("/")
ANSWERABLE_FILES_MAX_BYTES = env_int("ANSWERABLE_FILES_MAX_MB", 25) * 1024 * 1024
# Somewhat more than one message may have is taken, so that its form can say what is too much.
ANSWERABLE_LARGEST_REQUEST = 3 * ANSWERABLE_FILES_MAX_BYTES + 4 * 1024 * 1024
ALLOWED_HOSTS += [urlsplit(ANSWERABLE_FILES_URL).hostname or ""] * bool(ANSWERABLE_FILES_URL)
# The scanner of files, if there is one. While it is away, files "wait", or people are warned.
ANSWERABLE_CLAMAV = checked_place(env("ANSWERABLE_CLAMAV"))
ANSWERABLE_CLAMAV_AWAY = env_choice("ANSWERABLE_CLAMAV_AWAY", "wait", "warn")

# Who a mail is from: what is asked for before an address is taken at its word, and whom we ask.
ANSWERABLE_MAIL_VERIFY = env_choice(
    "ANSWERABLE_MAIL_VERIFY", "published", "aligned", "dmarc", "gateway"
)
ANSWERABLE_MAIL_AUTHSERV = env_list("ANSWERABLE_MAIL_AUTHSERV")
ANSWERABLE_MAIL_DNS = env_list("ANSWERABLE_MAIL_DNS")
ANSWERABLE_MAIL_LANGUAGES = env_pairs("ANSWERABLE_MAIL_LANGUAGES")
ANSWERABLE_MAIL_FORWARDS = env_choice("ANSWERABLE_MAIL_FORWARDS", "agents", "contacts")

# A service that makes embeddings of passages and questions, as OpenAI's or Ollama's.
ANSWERABLE_EMBEDDINGS_URL = env("ANSWERABLE_EMBEDDINGS_URL")
ANSWERABLE_EMBEDDINGS_MODEL = env("ANSWERABLE_EMBEDDINGS_MODEL")
ANSWERABLE_EMBEDDINGS_KEY = env("ANSWERABLE_EMBEDDINGS_KEY")
# For how many days the words of questions to the help centre are kept, with who asked.
ANSWERABLE_QUESTIONS_DAYS = env_int("ANSWERABLE_QUESTIONS_DAYS", 90, most=3650)

# Whether agents see what customers write in a chat before they send it.
ANSWERABLE_CHAT_PREVIEW = env_bool("ANSWERABLE_CHAT_PREVIEW", default=False)

# Figures at /metrics: for this machine, or for a scraper that bears this token.
ANSWERABLE_METRICS_TOKEN = env("ANSWERABLE_METRICS_TOKEN")

# What of our own network we may ask, beside the public web: networks, hosts, origins.
ANSWERABLE_OUTBOUND_ALLOW = allowed_by(env_list("ANSWERABLE_OUTBOUND_ALLOW"))

# The machine that translates articles: where it is, which API it speaks, and its key.
ANSWERABLE_TRANSLATION_URL = env("ANSWERABLE_TRANSLATION_URL").rstrip("/")
ANSWERABLE_TRANSLATION_KIND = env_choice(
    "ANSWERABLE_TRANSLATION_KIND", "libretranslate", "deepl"
)
ANSWERABLE_TRANSLATION_KEY = env("ANSWERABLE_TRANSLATION_KEY")
# Whether customers who read another language are told that messages can be translated.
ANSWERABLE_TRANSLATION_MESSAGES = env_bool("ANSWERABLE_TRANSLATION_MESSAGES", default=False)
# Words that stay as they are in every language: names of products, of roles.
ANSWERABLE_TRANSLATION_KEEP = env_list("ANSWERABLE_TRANSLATION_KEEP")

# Pages in which one may talk: only they may ask for the microphone, or show a screen.
CUSTOMER_PAGES = ("/contact/", "/requests/", "/team/", "/report/", "/preferences/")
TALKING_PAGES = ("/desk/", *CUSTOMER_PAGES, "/demo/product/")
# Calls from browser to browser: servers by which two browsers find each other, and a relay for
# their sound where they find no way of their own. With "only" they always use the relay.
ANSWERABLE_STUN = env_list("ANSWERABLE_STUN")
ANSWERABLE_TURN = env_list("ANSWERABLE_TURN")
ANSWERABLE_TURN_SECRET = env("ANSWERABLE_TURN_SECRET")
ANSWERABLE_TURN_ONLY = env_bool("ANSWERABLE_TURN_ONLY", default=False)
# For how many days a call's sound is kept that both sides let be recorded; 0: never recorded.
ANSWERABLE_RECORDINGS_DAYS = env_int("ANSWERABLE_RECORDINGS_DAYS", 90, most=3650)

# Jobs.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Words and times.
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [HOUSE / "locale"]
ANSWERABLE_ZONE = env("ANSWERABLE_ZONE", "Europe/Berlin")

STATIC_URL = "static/"
STORAGES = {"staticfiles": {"BACKEND": "answerable.lib.statics.Versioned"}}
WHITENOISE_USE_FINDERS = True

LOGGING = logging_at(env("ANSWERABLE_LOG_LEVEL", "INFO"))
