"""What is wrong with a token, in sentences for whoever writes the server that signs it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.accounts.core.claims import Refused, Why

SAYS: dict[Why, Promise] = {
    Why.MISSING: _("There is no token."),
    Why.TOO_LONG: _("It is longer than 8192 characters. Put less into it."),
    Why.MALFORMED: _(
        "It is no signed JWT: three parts of base64url with dots between, the first two JSON."
    ),
    Why.NO_KID: _("Its header has no kid. Name the key that signed it."),
    Why.KID_UNKNOWN: _("No key here has the kid {about}."),
    Why.KEY_NOT_BEGUN: _("The key {about} does not work yet."),
    Why.KEY_ENDED: _("The key {about} has ended. Sign with another one."),
    Why.KEY_UNREADABLE: _(
        "The secret of the key {about} was sealed with another secret key of this "
        "installation. Make a new key."
    ),
    Why.ALGORITHM: _("Its alg is not the one of its key, which is {about}."),
    Why.SIGNATURE: _(
        "The signature does not fit the key {about}. Either another key signed it, or "
        "it was changed afterwards."
    ),
    Why.CLAIM_MISSING: _("The claim {about} is missing."),
    Why.CLAIM_UNREADABLE: _("The claim {about} cannot be used as it is."),
    Why.AUDIENCE: _("Its aud is another one. For this workspace it must be {about} alone."),
    Why.ISSUER: _("Its iss is another one. For this key it must be {about}."),
    Why.EXPIRED: _("It has expired. Make a new one for each page that is loaded."),
    Why.NOT_YET: _("By its {about} it begins in the future. Set your server's clock."),
    Why.LIVES_TOO_LONG: _(
        "It works for more than 15 minutes after its iat. Let exp be sooner."
    ),
    Why.REPLAYED: _("It has opened a session before. Each token opens one."),
    Why.ACCOUNT_UNKNOWN: _("No customer here has the account key {about}."),
    Why.PERSON_UNKNOWN: _(
        "We do not know the person {about}, and without an email claim nobody can be added."
    ),
    Why.PERSON_ELSEWHERE: _("{about} belongs to a person of another customer."),
    Why.PERSON_LEFT: _("{about} has left the customer, and gets nothing."),
    Why.PERSON_IS_AGENT: _("{about} is the address of one of your agents, not of a customer."),
}


def said(refused: Refused) -> str:
    """Return why a token is refused, in a sentence."""
    return str(SAYS[refused.why]).format(about=refused.about)
