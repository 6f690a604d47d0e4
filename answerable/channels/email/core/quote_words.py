"""The words that mail programs put above a quotation or below a text. Pure.

Each pattern looks at one line (or at a few, joined), is anchored, and repeats nothing inside a
repetition, so that no mail can make it slow.
"""

from __future__ import annotations

import re

QUOTED = re.compile(r"^\s{0,3}>")
SIGNATURE = re.compile(r"^\s*(--|\u2014|__)\s*$")

# "On … wrote:", "Am … schrieb …:", and what other languages begin and end with.
BEGINS = re.compile(
    r"^[>*\s]*(on|am|le|el|il|op|em|den|dnia|w dniu|\u0432|p\u00e5|il giorno|vào|"
    r"(mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-z]*[,.]|"
    r"\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?\.\d\d?\.\d{4})\s",
    re.IGNORECASE,
)
WROTE = (
    r"(wrote|writes|sent|schrieb|hat geschrieben|a \u00e9crit|escribi\u00f3|ha scritto|scrive|"
    r"schreef|heeft .{0,80}geschreven|escreveu|skrev|napisa\u0142(\(a\)|a)?|pisze|"
    r"\u043d\u0430\u043f\u0438\u0441\u0430\u043b(\(\u0430\))?|kirjoitti|\u0111\u00e3 vi\u1ebft)"
)
ATTRIBUTION = re.compile(
    r"^[>*\s]*\S.{3,300}\b" + WROTE + r"\b[^:\uff1a]{0,140}(:\d\d[^:]{0,100})?[:\uff1a][\s*]*$",
    re.IGNORECASE,
)
# What the last line of an attribution holds at the least.
HINT = re.compile(WROTE + r"|>\s*[:\uff1a*]|wrote\s?-", re.IGNORECASE)
ENDS = re.compile(WROTE + r"[^:\n]{0,80}[:\uff1a]\s*$", re.IGNORECASE)
DATED = re.compile(
    r"^(\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?\.\d\d?\.\d{4}).{0,200}<\s?[^<>]{3,200}>\s*[:\uff1a]\s*$"
    r"|^-{2,}\s?\S.{0,200}\b(wrote|schrieb)\s?-{2,}\s*$",
    re.IGNORECASE,
)
RULER = re.compile(r"^\s*[-_=*\u2500]{8,}\s*$")
# The attribution that follows the last words on their own line.
SHARED = re.compile(
    r"^(?![>\s])(.{0,300}\S)[ \t]+"
    r"(On (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? .{5,150} wrote:)[ \t]*$",
    re.MULTILINE,
)

ORIGINAL = (
    r"(original message|original appointment|urspr\u00fcngliche nachricht|originalnachricht|"
    r"original-nachricht|message d'origine|mensaje original|messaggio originale|"
    r"oorspronkelijk bericht|mensagem original|oprindelig meddelelse|opprinnelig melding|"
    r"ursprungligt meddelande|alkuper\u00e4inen viesti|reply message|antwort nachricht|"
    r"\u0438\u0441\u0445\u043e\u0434\u043d\u043e\u0435 "
    r"\u0441\u043e\u043e\u0431\u0449\u0435\u043d\u0438\u0435)"
)
SEPARATOR = re.compile(
    r"^[>\s]*[-_=*#~]{2,}[\s]*" + ORIGINAL + r"[\s:]*[-_=*#~]*\s*$", re.IGNORECASE
)
FORWARD = re.compile(
    r"^[>\s]*([-_=*]{2,}\s*(forwarded (message|by)|original message forwarded|"
    r"weitergeleitete nachricht|message transf\u00e9r\u00e9|mensaje reenviado|"
    r"messaggio inoltrato|doorgestuurd bericht|mensagem encaminhada|fwd)|"
    r"begin forwarded message|anfang der weitergeleiteten (nachricht|e-mail))",
    re.IGNORECASE,
)

# The headers of the answered mail, as Outlook writes them.
BLOCK_FIRST = re.compile(
    r"^[>\s]*\*?(from|von|de|da|van|fr\u00e5n|fra|od|l\u00e4hett\u00e4j\u00e4|date|datum|"
    r"\u043e\u0442)\*?\s*:\*?\s*\S",
    re.IGNORECASE,
)
BLOCK_MORE = re.compile(
    r"^[>\s]*\*?(sent|date|from|von|to|cc|subject|gesendet|datum|an|betreff|envoy\u00e9|\u00e0|objet|"
    r"enviado|para|asunto|assunto|inviato|a|oggetto|verzonden|aan|onderwerp|skickat|till|"
    r"\u00e4mne|sendt|til|emne|wys\u0142ano|do|temat|data|dato|cc|kopie|importance|reply-to|"
    r"sent at|date sent|l\u00e4hetetty|vastaanottaja|aihe|"
    r"\u0434\u0430\u0442\u0430|\u043a\u043e\u043c\u0443|\u0442\u0435\u043c\u0430)"
    r"\*?\s*:",
    re.IGNORECASE,
)

MOBILE = re.compile(
    r"^\s*(sent from (my|mail for|yahoo|outlook)\b.{0,60}|sent via .{1,60}|"
    r"get outlook for .{1,60}|sent with .{1,60}|"
    r"gesendet (mit|von) .{1,60}|von (meinem|meiner) .{1,50} gesendet\.?|"
    r"von unterwegs gesendet\.?|diese nachricht wurde von meinem .{1,60}|"
    r"envoy\u00e9 (de|depuis) mon .{1,50}|enviado (desde|do) (mi|meu) .{1,50}|"
    r"inviato da .{1,50}|verzonden vanaf mijn .{1,50}|skickat fr\u00e5n min .{1,50})\s*$",
    re.IGNORECASE,
)
