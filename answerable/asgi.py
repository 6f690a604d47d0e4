"""The application as a web server calls it."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from answerable.lib.bodies import Limited

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")

application = Limited(get_asgi_application(), settings.ANSWERABLE_LARGEST_REQUEST)
