"""In which language a text is written, by the small words that every sentence needs. Pure.

It is for a box's spelling, so it may not know; it must not be wrong. No promise depends on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

# The small words of each language. What several have in common counts for none of them more.
SMALL: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and is are of to in that it you we for not with have this was on can our "
        "please when there but they from will does has been your any how",
        "de": "der die das und ist nicht ich wir sie ein eine zu mit auf für den dem von es "
        "bei aber auch wenn haben hat wird sind kann bitte seit unser keine uns noch wie",
        "fr": "le la les et est des une pour pas dans vous nous je que qui sur avec ce il "
        "mais sont depuis merci plus notre votre cette aux être",
        "es": "el la los las y es de que en no un una por con para se su nuestro pero desde "
        "está hay como gracias puede cuando muy tenemos",
        "it": "il lo la gli e è di che non un una per con si del della sono ma dalla abbiamo "
        "grazie può quando nostro anche questo come",
        "nl": "de het een en is niet van ik wij dat op te voor met zijn maar ook onze kan "
        "sinds geen wordt hebben deze bij als naar",
        "pt": "o os as e é de que não um uma para com se do da por nosso mas desde está há "
        "como obrigado pode quando muito temos",
        "pl": "i w nie na się to jest z do że jak od czy nasz mamy ale przez dla po są już "
        "tylko może proszę",
        "sv": "och att det är inte en ett som på för med vi jag av den har kan men från när "
        "våra till om vår",
        "da": "og at det er ikke en et som på for med vi jeg af den har kan men fra når "
        "vores til om hvad",
    }.items()
}
WORD = re.compile(r"[^\W\d_]+")
QUOTED = re.compile(r"^\s*>.*$|`[^`\n]*`|https?://\S+", re.MULTILINE)
LONGEST = 4000
# So many small words must be found, and so many times as many as of the next language.
FEWEST, CLEARLY = 4, 1.6


def language_of(texts: Iterable[str]) -> str:
    """Return the language of some texts (ISO 639-1) where it is clear, else "".

    Quotations, code and addresses do not count; of each text its first 4,000 characters do.
    """
    words = [
        word.lower() for text in texts for word in WORD.findall(QUOTED.sub(" ", text[:LONGEST]))
    ]
    found = Counter(
        {language: sum(word in small for word in words) for language, small in SMALL.items()}
    )
    (best, most), (_next, others) = found.most_common(2)
    is_clear = most >= FEWEST and most >= CLEARLY * others
    return best if is_clear else ""
