"""Why a call could not be made, or no call can: the words for what legs and telephones keep."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Kept as Call.why, of one call.
WHY = {
    "unallocated": _("The number does not exist."),
    "incomplete": _("The number is not complete."),
    "rejected": _("The other side rejects the call."),
    "unavailable": _("The telephone is off, or out of reach."),
    "no_route": _("The network finds no way to this number."),
    "failed": _("The network could not make the call."),
    "country": _("The provider does not call this country. Allow it in its console."),
    "unverified": _("A trial account calls verified numbers alone."),
    "stopped": _("The number takes no text messages: STOP was sent from it."),
    "no_texts": _("The number takes no text messages."),
    "no_number": _("There is no number to call."),
    "never_made": _("The provider never told of the call."),
    "unknown": _("The provider does not know the call any more."),
}
# Kept as Telephone.problem, of all calls.
PROBLEMS = {
    "off": _("The telephone is off."),
    "down": _("The provider cannot be reached."),
    "sign_in": _("The provider refused the sign-in. Check account and token."),
    "suspended": _("The provider has suspended the account."),
    "our_number": _("The account does not have our number. Check it."),
    "too_many": _("The provider makes no more calls at once. Try again in a minute."),
    "refused": _("The provider refused the call."),
    "sealed": _("The token cannot be read: the secret key has changed. Enter it again."),
}


# As few words of it as stand behind a number.
SHORT = {
    "unallocated": _("unallocated"),
    "incomplete": _("incomplete"),
    "rejected": _("call rejected"),
    "unavailable": _("switched off, or out of reach"),
    "no_route": _("no way to it"),
    "failed": _("the network failed"),
    "country": _("the country is not called"),
    "unverified": _("not verified"),
}


def number_failed(why: str) -> str:
    """Return in a few words what is wrong with a number that was called, "" where it is not the
    number."""
    return str(SHORT.get(why, ""))


def why_words(why: str) -> str:
    """Return in the reader's language why a call could not be made, "" for no reason."""
    return str(WHY.get(why) or PROBLEMS.get(why) or why)
