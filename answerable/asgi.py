"""The application as a web server calls it."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")

application = get_asgi_application()
