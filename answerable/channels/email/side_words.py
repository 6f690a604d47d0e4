"""The words of the mails to third parties: what the agent wrote, and nothing of the ticket."""

from __future__ import annotations

from answerable.channels.email.core.page import Page, Quoted
from answerable.channels.email.core.rich import STYLES
from answerable.channels.email.texts import SIGNATURE, Texts
from answerable.channels.email.words import Letter, written
from answerable.lib.markdown import styled
from answerable.tickets.models import SideMessage


def letter(message: SideMessage, texts: Texts) -> Letter:
    """Return what an agent wrote as a mail, with what it answers below it."""
    agent = message.agent
    name, title = (agent.name, agent.title) if agent else ("", "")
    earlier = message.thread.messages.filter(pk__lt=message.pk).order_by("-pk").first()
    page = Page(
        body=message.body.strip("\n"),
        signature=texts.say(SIGNATURE, agent=name, title=title),
        quoted=Quoted(f"{earlier.author}:", earlier.body) if earlier else None,
        html=styled(message.body.strip("\n"), STYLES),
    )
    subject = message.thread.subject
    return written(page, f"Re: {subject}" if earlier else subject, texts)
