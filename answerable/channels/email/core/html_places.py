"""Where mail programs say in their HTML that a quotation or a signature stands. Pure."""

from __future__ import annotations

import re

from answerable.channels.email.core.html_tokens import Token

# Elements that hold a quotation and, mostly, what leads to it. Some put an “x_” before.
CONTAINERS = re.compile(
    r"(?:^|[\s_\"])(?:gmail_quote|gmail_quote_container|yahoo_quoted\w*|"
    r"ydp\w*yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra\w*|mailspring-quote|nylas-quote|"
    r"nylas_quote|front-quote|hs_reply|hs-reply|outlookmessageheader|quoted-?text|mail-quote|"
    r"ymail_android_quote|moz-email-headers-table|messagereplysection|reply-?section|"
    r"replied-message|isreplycontent|original-?content|ntes-mailmaster-quote|quoted_?content|"
    r"mail_quote|crm-quote|hey_quote|trix-quote|superhuman_quote|zendesk-quote|__quoted_text__"
    r")(?=$|[\s\"\\-])",
    re.IGNORECASE,
)
# Elements from which on all is quoted.
DIVIDERS = re.compile(
    r"divrplyfwdmsg|appendonsend|olk_src_body_section|mail-editor-reference-message-container|"
    r"(?:^|[\s_\"])zwchr|(?:^|[\s_\"])stopspelling|isforwardcontent|outlookmessageheader|"
    r"__divider__|ms-outlook-mobile-body-separator-line",
    re.IGNORECASE,
)
# The line that Outlook draws above the headers of the mail that it answers.
DRAWN = re.compile(
    r"border\s*:\s*none\s*;\s*border-top\s*:\s*solid\s+#[0-9a-f]{3,6}\s+1\.0pt\s*;\s*"
    r"padding\s*:\s*3\.0pt\s+0",
    re.IGNORECASE,
)
INTROS = re.compile(r"gmail_attr|moz-cite-prefix|reply-intro|quote-intro", re.IGNORECASE)
SIGNATURES = re.compile(r"signature", re.IGNORECASE)
CITES = re.compile(r"cite|quote", re.IGNORECASE)
LINED = re.compile(r"border-left(?:-\w+)?\s*:(?!\s*(?:none|0))", re.IGNORECASE)
LONGEST_NAME = 300


def names_of(token: Token) -> str:
    """Return how an element is called: its class, its number, its name, its marker."""
    values = token.attributes
    if not values:
        return ""
    names = (values.get(key, "") for key in ("class", "id", "name", "data-marker"))
    return " ".join(name[:LONGEST_NAME] for name in names if name)


def holds_quotation(names: str) -> bool:
    """Say whether an element of these names holds a quotation."""
    return bool(names and CONTAINERS.search(names))


def divides(token: Token, names: str) -> bool:
    """Say whether all that follows an element is quoted."""
    style = token.attributes.get("style", "")
    return bool(DIVIDERS.search(names)) or ("border-top" in style and bool(DRAWN.search(style)))


def leads(names: str) -> bool:
    """Say whether an element of these names is “On … wrote:”."""
    return bool(names and INTROS.search(names))


def is_signature(names: str) -> bool:
    """Say whether an element of these names is a signature."""
    return bool(SIGNATURES.search(names))


def surely_quotes(token: Token) -> bool:
    """Say whether a <blockquote> is a program's, and no paragraph that an author moved."""
    values = token.attributes
    if CITES.search(values.get("type", "")) or CITES.search(values.get("class", "")):
        return True
    return "cite" in values or bool(LINED.search(values.get("style", "")))
