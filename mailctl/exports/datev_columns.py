"""The columns of a row of DATEV's Buchungsstapel, format version 13, in their order."""

from __future__ import annotations

_PAIRS = tuple(
    f"Beleginfo - {what} {number}" for number in range(1, 9) for what in ("Art", "Inhalt")
)
# The missing space is DATEV's.
_NOTES = tuple(
    f"Zusatzinformation{what} {number}"
    for number in range(1, 21)
    for what in (" - Art", "- Inhalt")
)
NUMBERS = (
    *("Umsatz (ohne Soll/Haben-Kz)", "Kurs", "Basis-Umsatz", "Konto"),
    *("Gegenkonto (ohne BU-Schlüssel)", "Belegdatum", "Skonto", "Postensperre"),
    *("Geschäftspartnerbank", "Sachverhalt", "Zinssperre", "Kost-Menge"),
    *("EU-Steuersatz (Bestimmung)", "Sachverhalt L+L", "Funktionsergänzung L+L"),
    *("BU 49 Hauptfunktionstyp", "BU 49 Hauptfunktionsnummer", "BU 49 Funktionsergänzung"),
    *("Stück", "Gewicht", "Zahlweise", "Veranlagungsjahr", "Zugeordnete Fälligkeit", "Skontotyp"),
    *("USt-Schlüssel (Anzahlungen)", "Sachverhalt L+L (Anzahlungen)"),
    *("EU-Steuersatz (Anzahlungen)", "Erlöskonto (Anzahlungen)", "KOST-Datum", "Skontosperre"),
    *("Beteiligtennummer", "Postensperre bis", "Kennzeichen SoBil-Buchung", "Festschreibung"),
    *("Leistungsdatum", "Datum Zuord. Steuerperiode", "Fälligkeit", "Steuersatz"),
    *("BVV-Position", "EU-Steuersatz (Ursprung)", "Abw. Skontokonto"),
)
"""The columns that are written without quotes; all others are text, and are never without."""

COLUMNS = (
    *("Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs"),
    *("Basis-Umsatz", "WKZ Basis-Umsatz", "Konto", "Gegenkonto (ohne BU-Schlüssel)"),
    *("BU-Schlüssel", "Belegdatum", "Belegfeld 1", "Belegfeld 2", "Skonto", "Buchungstext"),
    *("Postensperre", "Diverse Adressnummer", "Geschäftspartnerbank", "Sachverhalt"),
    *("Zinssperre", "Beleglink"),
    *_PAIRS,
    *("KOST1 - Kostenstelle", "KOST2 - Kostenstelle", "Kost-Menge"),
    *("EU-Land u. UStID (Bestimmung)", "EU-Steuersatz (Bestimmung)", "Abw. Versteuerungsart"),
    *("Sachverhalt L+L", "Funktionsergänzung L+L", "BU 49 Hauptfunktionstyp"),
    *("BU 49 Hauptfunktionsnummer", "BU 49 Funktionsergänzung"),
    *_NOTES,
    *("Stück", "Gewicht", "Zahlweise", "Forderungsart", "Veranlagungsjahr"),
    *("Zugeordnete Fälligkeit", "Skontotyp", "Auftragsnummer", "Buchungstyp"),
    *("USt-Schlüssel (Anzahlungen)", "EU-Land (Anzahlungen)", "Sachverhalt L+L (Anzahlungen)"),
    *("EU-Steuersatz (Anzahlungen)", "Erlöskonto (Anzahlungen)", "Herkunft-Kz", "Buchungs GUID"),
    *("KOST-Datum", "SEPA-Mandatsreferenz", "Skontosperre", "Gesellschaftername"),
    *("Beteiligtennummer", "Identifikationsnummer", "Zeichnernummer", "Postensperre bis"),
    *("Bezeichnung SoBil-Sachverhalt", "Kennzeichen SoBil-Buchung", "Festschreibung"),
    *("Leistungsdatum", "Datum Zuord. Steuerperiode", "Fälligkeit", "Generalumkehr (GU)"),
    *("Steuersatz", "Land", "Abrechnungsreferenz", "BVV-Position"),
    *("EU-Land u. UStID (Ursprung)", "EU-Steuersatz (Ursprung)", "Abw. Skontokonto"),
)
