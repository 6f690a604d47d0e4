"""The words of the mails to third parties: what the agent wrote, and nothing of the ticket."""

from __future__ import annotations

from answerable.channels.email.core.page import Page, Quoted
from answerable.channels.email.core.rich import STYLES
from answerable.channels.email.signed_by import signed_by
from answerable.channels.email.texts import Texts
from answerable.channels.email.words import Letter, written
from answerable.lib.markdown import styled
from answerable.tickets.models import SideMessage


def letter(message: SideMessage, texts: Texts) -> Letter:
    """Return what an agent wrote as a mail, with what it answers below it."""
    agent = message.agent
    signed = signed_by(agent, agent.name if agent else "", texts)
    earlier = message.thread.messages.filter(pk__lt=message.pk).order_by("-pk").first()
    page = Page(
        body=message.body.strip("\n"),
        signature=signed.text,
        quoted=Quoted(f"{earlier.author}:", earlier.body) if earlier else None,
        html=styled(message.body.strip("\n"), STYLES),
        signature_html=signed.html,
    )
    subject = message.thread.subject
    return written(page, f"Re: {subject}" if earlier else subject, texts)
