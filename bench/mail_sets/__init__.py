"""How well real and odd mails are read, set by set (docs/mail-report.md).

Each module beside this one has SETS: the name of a file of the material, perhaps with a blank
and what of it is looked at, and the function that judges one line of that file.
"""
