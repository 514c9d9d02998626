"""What the law wants on every invoice of a seller, in each language (rules 17).

A mention is written `#PMT#text` with its subject (UNTDID 4451), or as text alone; several are
separated by `|`.
"""

from __future__ import annotations

import re

from mailctl.domain.names import check_text
from mailctl.domain.profile import Language
from mailctl.errors import UsageError

NONE = "none"
"""The kept form of no mention at all; an empty text is what mailctl comes with."""
LONGEST = 1000
SEPARATOR = "|"
_SUBJECT = re.compile(r"#([^#]*)#\s*(.*)")
_KNOWN = re.compile(r"[A-Z]{3}")

FRENCH_LAW = frozenset(("FR", "GP", "MQ", "RE", "GF", "YT"))
"""Where sellers are bound by the French Code de commerce."""

_FRENCH = {
    Language.FRENCH: (
        (
            "#PMT#Clients professionnels\u00a0: tout retard de paiement donne lieu à une indemnité "
            "forfaitaire pour frais de recouvrement de 40 € (code de commerce, art. L441-10 et "
            "D441-5)."
        ),
        (
            "#PMD#Clients professionnels\u00a0: pénalités de retard au taux de refinancement de la "
            "Banque centrale européenne majoré de 10 points (code de commerce, art. L441-10), "
            "exigibles dès le lendemain de la date de règlement."
        ),
        "#AAB#Pas d\u2019escompte pour paiement anticipé.",
    ),
    Language.GERMAN: (
        (
            "#PMT#Gewerbliche Kunden: Bei Zahlungsverzug wird eine Pauschale von 40 € für "
            "Beitreibungskosten fällig (französischer Code de commerce, Art. L441-10 und D441-5)."
        ),
        (
            "#PMD#Gewerbliche Kunden: Verzugszinsen in Höhe des Refinanzierungssatzes der "
            "Europäischen Zentralbank zuzüglich 10 Prozentpunkten (französischer Code de "
            "commerce, Art. L441-10), ab dem Tag nach dem Zahlungstermin."
        ),
        "#AAB#Kein Skonto bei vorzeitiger Zahlung.",
    ),
    Language.ENGLISH: (
        (
            "#PMT#Business customers: late payment entails a fixed sum of 40 € for recovery costs "
            "(French Code de commerce, art. L441-10 and D441-5)."
        ),
        (
            "#PMD#Business customers: penalties for late payment at the European Central Bank's "
            "refinancing rate plus 10 percentage points (French Code de commerce, art. L441-10), "
            "due from the day after the date of payment."
        ),
        "#AAB#No discount for early payment.",
    ),
}
"""What French law wants (Code de commerce, L441-9 I, L441-10 II, D441-5).

The rate is the one that holds where the seller's terms have no other; between professionals alone.
"""


def shipped(language: Language, seller_country: str) -> tuple[str, ...]:
    """The mentions that mailctl comes with: those of French law for its sellers, else none."""
    return _FRENCH[language] if seller_country in FRENCH_LAW else ()


def mentions(kept: str, language: Language, seller_country: str) -> tuple[str, ...]:
    """The mentions that a setting stands for, each with its subject if it has one."""
    if kept == NONE:
        return ()
    return tuple(kept.split(SEPARATOR)) if kept else shipped(language, seller_country)


def kept_mentions(name: str, text: str) -> str:
    """The kept form of typed mentions; UsageError where one cannot be printed."""
    if text.strip().lower() in ("", NONE):
        return text.strip().lower()
    each = [part for one in text.split(SEPARATOR) if (part := _mention(name, one))]
    if len(SEPARATOR.join(each)) > LONGEST:
        raise UsageError(f"{name} has more than {LONGEST:,} characters")
    return SEPARATOR.join(each)


def _mention(name: str, text: str) -> str:
    text = check_text(text, name, longest=LONGEST)
    if not text.startswith("#"):
        return text
    found = _SUBJECT.fullmatch(text)
    subject, words = (found[1].upper(), found[2]) if found else ("", "")
    if _KNOWN.fullmatch(subject) is None or not words:
        raise UsageError(
            f"{name} has a mention that is neither text nor #SUBJECT#text: {text!r}",
            hint="for example '#AAB#Kein Skonto.'; French invoices need PMT (costs of recovery), "
            "PMD (penalties) and AAB (discounts)",
        )
    return f"#{subject}#{words}"
