"""The application as a web server calls it."""

from __future__ import annotations

import os

import django
from django.conf import settings

from answerable.lib.bodies import Limited
from answerable.lib.handler import OneWay
from answerable.lib.remembered import Remembered

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")
django.setup(set_prefix=False)

application = Remembered(Limited(OneWay(), settings.ANSWERABLE_LARGEST_REQUEST))
