"""What came with a message beside its text: files, and its form as HTML."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.files.models import StoredFile


class Attachment(models.Model):
    """A file that somebody sent with a message, under the name they gave it.

    Or with a message of a side conversation: then it is none of the ticket's own.
    """

    message = models.ForeignKey(
        "tickets.Message", models.CASCADE, null=True, related_name="attachments"
    )
    side = models.ForeignKey(
        "tickets.SideMessage", models.CASCADE, null=True, related_name="attachments"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    declared = models.CharField(max_length=100, blank=True)  # its type, as its sender says
    inline = models.BooleanField(default=False)  # it is a picture in the message's HTML
    content_id = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attachment_of_one_message",
                condition=Q(message__isnull=False, side=None)
                | Q(message=None, side__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk} of {self.message_id or self.side_id}"


class HtmlBody(models.Model):
    """A message as it was written in HTML: sanitised when it came, shown only in its frame."""

    message = models.OneToOneField(
        "tickets.Message", models.CASCADE, related_name="html_body", primary_key=True
    )
    html = models.TextField()
    # Whether its look says something that its text does not: then it is shown first.
    is_rich = models.BooleanField(default=False)
    # The addresses of pictures on other servers, in their order in the HTML.
    remote = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"HTML of {self.message_id}"
