"""Files as bytes in the database, once each, in pieces; and files that wait to be sent.

Nothing but this room's actions writes these tables. Who may have a file is decided by whoever
refers to it.
"""

from __future__ import annotations

from django.db import models

# What browsers are let show as a picture, by content. SVG is none of them: it is code.
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
# Videos that browsers play. They are asked for in parts, so their length does not matter.
VIDEOS = ("video/mp4", "video/webm")
# A picture of more than this would cost whoever looks at it too much memory, or too much line.
MOST_PIXELS = 50_000_000
MOST_SHOWN_BYTES = 15_000_000


class StoredFile(models.Model):
    """A file by its content. The same content is kept once, whoever sent it."""

    class Verdict(models.TextChoices):
        UNCHECKED = "unchecked", "Not checked"
        CLEAN = "clean", "Checked, nothing found"
        INFECTED = "infected", "Infected"
        UNREADABLE = "unreadable", "The scanner does not take it"

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    type = models.CharField(max_length=100)  # by what is in it
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    # When somebody last asked to keep it: what nobody refers to goes a day later.
    kept_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.UNCHECKED)
    found = models.CharField(max_length=200, blank=True)  # what the scanner calls it
    checked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="file_unchecked",
                fields=["id"],
                condition=models.Q(verdict="unchecked"),
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}: {self.type}"

    @property
    def is_picture(self) -> bool:
        """Whether browsers may show it as a picture: small enough, and of a known size."""
        return self.picture_size is not None

    @property
    def picture_size(self) -> tuple[int, int] | None:
        """Width and height of what browsers may show as a picture; None for all else."""
        if self.type not in PICTURES or not self.width or not self.height:
            return None
        if self.width * self.height > MOST_PIXELS or self.size > MOST_SHOWN_BYTES:
            return None
        return self.width, self.height

    @property
    def is_video(self) -> bool:
        """Whether browsers may play it."""
        return self.type in VIDEOS

    @property
    def is_pdf(self) -> bool:
        """Whether browsers may show it in their own viewer."""
        return self.type == "application/pdf"

    @property
    def is_infected(self) -> bool:
        """Whether the scanner found something in it."""
        return self.verdict == self.Verdict.INFECTED


class FileChunk(models.Model):
    """A piece of a file: so it is read and written without being whole in anybody's memory."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="chunks", db_index=False)
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="chunk_of_file", fields=["file", "number"]),
        ]

    def __str__(self) -> str:
        return f"chunk {self.number} of {self.file_id}"


class RemotePicture(models.Model):
    """A picture of the web that somebody asked to see in a mail, as we fetched it for them.

    Without a file it could not be had; that is kept too, for a while.
    """

    digest = models.CharField(max_length=64, unique=True)  # of its address
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"remote picture {self.pk}"


class Upload(models.Model):
    """A file that somebody has attached and not sent: kept with what they write, like a draft.

    `owner` is who attached it and `place` the box it is for; nobody else can send it, nor from
    anywhere else.
    """

    owner = models.CharField(max_length=80)
    place = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    declared = models.CharField(max_length=100, blank=True)  # its type, as the browser says
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "place"], name="upload_by_owner")]

    def __str__(self) -> str:
        return f"upload {self.pk} for {self.place}"
