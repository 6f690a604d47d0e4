"""Text with its addresses as links."""

from __future__ import annotations

import re
from html import escape

from django.template.defaultfilters import urlize
from django.utils.safestring import SafeString

# What an address has somewhere in it. Most messages have none, and to look at each of their
# words takes longer than everything else that is done with them.
LINKABLE = re.compile(r"https?://|www\.|@|\.(?:com|edu|gov|int|mil|net|org)", re.IGNORECASE)


def linked(text: str) -> SafeString:
    """Return a text as HTML, with its addresses as links, as Django's `urlize` has them."""
    return urlize(text) if LINKABLE.search(text) else SafeString(escape(text))
