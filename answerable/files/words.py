"""What a file is, in a word or two, and how large: by what is in it, not by its name."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.files.models import StoredFile
from answerable.files.scanning import INFECTED, held_back, is_unchecked

OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, Promise] = {
    "application/pdf": gettext_lazy("PDF"),
    "image/svg+xml": gettext_lazy("Drawing (SVG)"),
    "text/html": gettext_lazy("Web page"),
    "text/plain": gettext_lazy("Text"),
    "text/calendar": gettext_lazy("Calendar"),
    "text/vcard": gettext_lazy("Contact"),
    "message/rfc822": gettext_lazy("Mail"),
    "application/xml": gettext_lazy("XML"),
    "application/zip": gettext_lazy("Archive"),
    "application/gzip": gettext_lazy("Archive"),
    "application/x-7z-compressed": gettext_lazy("Archive"),
    "application/vnd.rar": gettext_lazy("Archive"),
    "application/x-bzip2": gettext_lazy("Archive"),
    "application/x-xz": gettext_lazy("Archive"),
    f"{OFFICE}wordprocessingml.document": gettext_lazy("Document"),
    f"{OFFICE}spreadsheetml.sheet": gettext_lazy("Table"),
    f"{OFFICE}presentationml.presentation": gettext_lazy("Slides"),
    "application/vnd.oasis.opendocument.text": gettext_lazy("Document"),
    "application/vnd.oasis.opendocument.spreadsheet": gettext_lazy("Table"),
    "application/rtf": gettext_lazy("Document"),
    "application/x-ole-storage": gettext_lazy("Office file"),
    "application/x-msdownload": gettext_lazy("Program"),
    "application/x-executable": gettext_lazy("Program"),
}
FAMILIES: dict[str, Promise] = {
    "image": gettext_lazy("Picture"),
    "audio": gettext_lazy("Recording"),
    "video": gettext_lazy("Video"),
}
ICONS = {"image": "image", "audio": "phone", "video": "image"}


def described(file: StoredFile) -> str:
    """Return “PDF, 1.2 MB”."""
    family = FAMILIES.get(file.type.partition("/")[0])
    kind = KINDS.get(file.type) or family or _("File")
    return f"{kind}, {filesizeformat(file.size)}"


def icon_of(file: StoredFile) -> str:
    """Return the drawing that stands for a file."""
    return ICONS.get(file.type.partition("/")[0], "file")


def held_words(file: StoredFile) -> str:
    """Say why a file is not handed out; nothing where it is."""
    why = held_back(file)
    if why == INFECTED:
        return _("Not offered: the scanner found {name} in it.").format(name=file.found)
    return _("The scanner has not checked it yet. Try again in a minute.") if why else ""


def warning(file: StoredFile) -> str:
    """Say what to know before opening a file that is handed out; mostly nothing."""
    if is_unchecked(file):
        return _("Not checked: the scanner does not answer.")
    if file.verdict == file.Verdict.UNREADABLE:
        return _("Not checked: the scanner does not take it.")
    return ""
