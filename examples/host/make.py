"""Makes the three files of the example host beside this script, always the same ones.

Everybody in them is invented. Domains end in `.example`, phone numbers lie in the ranges that
France and Germany keep for fiction, and VAT numbers have right check digits in series that no tax
office gives out. The host is meant for a store whose clock stands on 2026-01-15.

    python examples/host/make.py
"""

# ruff: noqa: RUF001 - French names have their own apostrophe

from __future__ import annotations

import calendar
import csv
import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

TODAY = date(2026, 1, 15)
SEED = 20260115
ACCOUNTS = 1500

LANGUAGE = {"FR": "fr", "BE": "fr", "LU": "fr", "DE": "de", "AT": "de"}
CUSTOMER_KEYS = (
    "id name email backup_email phone street postcode city country language vat_number "
    "payment_days balance_cents"
).split()
PLATFORM_KEYS = "name customer offer created_on".split()
ACCOUNT_KEYS = "platform address period expires_on anchor_day renewal".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A customer as it is drawn up by hand; the rest is drawn by lot."""

    name: str
    domain: str
    street: str
    town: str
    country: str
    language: str
    taxed: bool
    payment_days: int | None
    cents: int | None


def client(line: str) -> Client:
    """A client from its line of the table."""
    name, domain, street, town, country, *rest = line.split(" | ")
    words = dict(word.split("=") for word in " ".join(rest).split() if "=" in word)
    return Client(
        name=name,
        domain=f"{domain}.example",
        street=street,
        town=town,
        country=country,
        language=words.get("language", LANGUAGE.get(country, "")),
        taxed="untaxed" not in rest[0].split() if rest else True,
        payment_days=int(words["payment_days"]) if "payment_days" in words else None,
        cents=int(words["cents"]) if "cents" in words else None,
    )


# Name, domain without `.example`, street, town, country, and what is not as with everybody: the
# balance where it matters (nothing, little, or a debt that was brought along), a public body's
# days to pay, no VAT number.
CLIENTS = """
Boulangerie de l’Étoile | boulangerie-étoile | 3 place du Marché | 44000 Nantes | FR | cents=0
Crêperie Ty Gwenn | creperie-ty-gwenn | 12 quai de la Fosse | 44000 Nantes | FR | cents=1500
Mairie de Saint-Évroult | mairie-saint-évroult | 1 place de la Mairie | 61000 Alençon | FR | untaxed payment_days=30 cents=12000
Études notariales Lefèvre & Noël | lefevre-noel | 8 rue Crébillon | 44000 Nantes | FR
Pépinières du Val d’Orée | pépinières-orée | Route de la Forêt | 45100 Orléans | FR
Garage Béranger | garage-beranger | 27 avenue Foch | 54000 Nancy | FR | cents=-4250
Clinique vétérinaire des Tilleuls | vet-tilleuls | 5 allée des Tilleuls | 69003 Lyon | FR
Librairie L’Œil qui écoute | librairie-œil | 19 rue Sainte-Foy | 35000 Rennes | FR
Menuiserie Kerbœuf | menuiserie-kerboeuf | 2 rue du Chêne | 29200 Brest | FR
Cabinet d’architectes Hélène Gaüzère | gauzere-architectes | 41 cours de l’Yser | 33800 Bordeaux | FR
Fromagerie du Mézenc | fromagerie-mézenc | Le Bourg | 43150 Le Monastier | FR | cents=2500
Association Les Amis du Théâtre | amis-theatre | 6 impasse des Arts | 31000 Toulouse | FR | untaxed cents=0
Transports Lecœur Frères | lecoeur-transports | Zone d’activité Nord | 59000 Lille | FR
Hôtel Bel-Été | hôtel-bel-été | 2 promenade des Anglais | 06000 Nice | FR
Imprimerie Façon & Fils | imprimerie-façon | 14 rue des Presses | 67000 Strasbourg | FR
Collège Simone-Lévêque | college-leveque | 9 rue de l’École | 80000 Amiens | FR | untaxed payment_days=30
Domaine viticole Château-Bréau | chateau-breau | Lieu-dit Bréau | 33500 Libourne | FR
Opticien Benoît | opticien-benoît | 33 rue Nationale | 37000 Tours | FR
Bäckerei Groß | bäckerei-groß | Hauptstraße 4 | 50667 Köln | DE | cents=0
Kanzlei Müller & Söhne | kanzlei-müller | Königsallee 20 | 40212 Düsseldorf | DE
Schreinerei Jürgen Höß | schreinerei-höß | Am Mühlbach 7 | 83022 Rosenheim | DE
Gemeinde Übersee-Süd | gemeinde-übersee | Rathausplatz 1 | 83236 Übersee | DE | untaxed payment_days=30
Straßenbau Weiß GmbH | straßenbau-weiß | Industriestraße 88 | 04103 Leipzig | DE
Käthe-Kruse-Apotheke | kaethe-apotheke | Löwengasse 3 | 60311 Frankfurt | DE | cents=3000
Fahrräder Schäfer | fahrräder-schäfer | Schönhauser Weg 15 | 10435 Berlin | DE
Gärtnerei Blütenträume | blütenträume | Rosenstraße 9 | 20095 Hamburg | DE
Tierärzte am Gänsemarkt | tieraerzte-gaensemarkt | Gänsemarkt 21 | 20354 Hamburg | DE
Verlag Zwölf Türme | zwoelf-tuerme | Türmerstraße 12 | 01067 Dresden | DE
Weingut Schloß Rüdesheim | weingut-rüdesheim | Rheinstraße 5 | 65385 Rüdesheim | DE | cents=-1990
Spedition Köhler | spedition-koehler | Hafenstraße 60 | 28195 Bremen | DE
Gîte des Hautes Fagnes | gîte-fagnes | Rue du Bois 11 | 4950 Waimes | BE
Chocolaterie Van Hoeck | chocolaterie-vanhoeck | Grand-Place 17 | 1000 Bruxelles | BE
Atelier Désiré | atelier-désiré | Rue Neuve 5 | 7000 Mons | BE | cents=0
Gasthof Zum Weißen Rößl | weißes-rößl | Seeufer 2 | 5360 St. Wolfgang | AT
Trafik Österreicher | trafik-österreicher | Währinger Straße 40 | 1090 Wien | AT
Bergführerbüro Größtal | bergfuehrer-groesstal | Dorfplatz 3 | 6020 Innsbruck | AT | untaxed
Fiduciaire Schröder & Associés | fiduciaire-schroeder | 12 boulevard Royal | 2449 Luxembourg | LU
Épicerie du Grund | épicerie-grund | 4 rue Münster | 2160 Luxembourg | LU
Zürcher Uhrenhaus | zürcher-uhrenhaus | Bahnhofstrasse 30 | 8001 Zürich | CH | untaxed language=de
Théâtre du Léman | théâtre-léman | Quai Wilson 9 | 1201 Genève | CH | untaxed language=fr cents=5000
"""  # noqa: E501 - a table reads best in lines

PEOPLE = (
    "aline amélie andré anja anne antoine astrid aurélie bastien bernd birgit björn camille "
    "céline christian claire clémence daniel dieter dörte élodie emma erik étienne eva fabian "
    "florence franz françoise friedrich gaëlle georg gisèle greta günther hannah hélène heinrich "
    "hervé ida ilse inès ingrid jacques jan jérôme jörg jürgen julie karin käthe klaus laure léa "
    "léon lise loïc lotte louis ludwig luise maëlle manon marc marie markus mathilde max michèle "
    "mireille monika nadège nicolas niklas noémie ole olivier oskar paul petra pierre quentin "
    "rainer raphaël régis renate rené romain rosa ruth sabine sébastien silke simon sören sophie "
    "stéphane susanne sylvie theo thérèse thomas timo udo ulrike ursula uwe valérie vera victor "
    "vincent walter werner wolfgang xavier yann yves zoé"
).split()
DESKS = (
    "accueil achats buchhaltung commandes comptabilite contact direction einkauf empfang info "
    "kontakt personal presse rechnung service stages vertrieb verwaltung"
).split()


class Lot:
    """Draws by lot from `random()` alone, whose sequence is the same in every Python."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def below(self, limit: int) -> int:
        """A number from 0 to limit - 1."""
        return int(self._random.random() * limit)

    def one(self, things: Sequence[T]) -> T:
        """One of the things."""
        return things[self.below(len(things))]

    def chance(self, percent: int) -> bool:
        """True this many times in a hundred."""
        return self.below(100) < percent


def plain(text: str) -> str:
    """The text in lower-case ASCII: ß is ss, œ is oe, accents go."""
    text = text.lower().replace("ß", "ss").replace("œ", "oe").replace("ø", "o")
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()


def slug(client: Client) -> str:
    """The customer's id: the domain without its accents."""
    return plain(client.domain.removesuffix(".example"))


def fr_vat(series: int) -> str:
    """FR, the key, and a SIREN that passes Luhn's test."""
    stem = f"00009{series:03d}"
    digits = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(stem)]
    luhn = -sum(digit // 10 + digit % 10 for digit in digits) % 10
    siren = f"{stem}{luhn}"
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


def de_vat(series: int) -> str:
    """DE and nine digits, the last by ISO 7064 Mod 11, 10."""
    stem, check = f"99999{series:03d}", 10
    for digit in stem:
        check = ((check + int(digit)) % 10 or 10) * 2 % 11
    return f"DE{stem}{(11 - check) % 10}"


def be_vat(series: int) -> str:
    """BE and ten digits, the last two by the remainder of 97."""
    stem = f"00099{series:03d}"
    return f"BE{stem}{97 - int(stem) % 97:02d}"


def at_vat(series: int) -> str:
    """ATU and eight digits, the last by Luhn's sum and 4."""
    stem = f"0009{series:03d}"
    digits = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(stem)]
    total = sum(digit // 10 + digit % 10 for digit in digits)
    return f"ATU{stem}{(6 - total) % 10}"


def lu_vat(series: int) -> str:
    """LU and eight digits, the last two the remainder of 89."""
    stem = f"009{series:03d}"
    return f"LU{stem}{int(stem) % 89:02d}"


VAT_NUMBER: dict[str, Callable[[int], str]] = {
    "FR": fr_vat, "DE": de_vat, "BE": be_vat, "AT": at_vat, "LU": lu_vat
}  # fmt: skip
# Ranges that the regulators keep for fiction; other countries have none, so no number there.
PHONE = {"FR": ("+33199", "+33261", "+33353", "+33465", "+33536"), "DE": ("+493023125",)}
PHONE_TAIL = {"+33199": "00", "+33261": "91", "+33353": "01", "+33465": "71", "+33536": "49"}


def phone(country: str, lot: Lot) -> str:
    """A telephone number that rings nowhere, or none."""
    if country not in PHONE:
        return ""
    stem = lot.one(PHONE[country])
    digits = 4 if stem in PHONE_TAIL else 3
    return f"{stem}{PHONE_TAIL.get(stem, '')}{lot.below(10**digits):0{digits}d}"


def customer(client: Client, place: int, cents: int, lot: Lot) -> dict[str, object]:
    """The client's row of customers.csv."""
    postcode, city = client.town.split(" ", 1)
    ascii_domain = client.domain.encode("idna" if "ß" not in client.domain else "utf-8")
    written = ascii_domain.decode() if lot.chance(15) else client.domain
    return {
        "id": slug(client),
        "name": client.name,
        "email": f"contact@{written}",
        "backup_email": f"{slug(client)}@secours.example" if lot.chance(70) else "",
        "phone": phone(client.country, lot),
        "street": client.street,
        "postcode": postcode,
        "city": city,
        "country": client.country,
        "language": client.language,
        "vat_number": VAT_NUMBER[client.country](place) if client.taxed else "",
        "payment_days": client.payment_days or "",
        "balance_cents": cents,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Accounts of one platform that were ordered on one day, so share their anchor."""

    platform: str
    client: Client
    offer: str
    anchor_day: int


def platform_names(clients: Sequence[Client]) -> Iterator[tuple[str, Client, str]]:
    """Sixty platforms: one for each client, a second one for every other."""
    first = ("email-pro", "hosted-exchange", "email-pro", "private-exchange", "hosted-exchange")
    short = {"email-pro": "pro", "hosted-exchange": "hx", "private-exchange": "px"}
    for place, client in enumerate(clients):
        offer = first[place % len(first)]
        yield f"{slug(client)}-{short[offer]}", client, offer
        if place % 2 == 0:
            second = "hosted-exchange" if offer == "email-pro" else "email-pro"
            if place % 8 == 0:
                second = "private-exchange" if offer != "private-exchange" else "email-pro"
            yield f"{slug(client)}-{short[second]}", client, second


def month_end(year: int, month: int) -> int:
    """The last day of the month."""
    return calendar.monthrange(year, month)[1]


def next_on(anchor_day: int, months: int) -> date:
    """The anchor's day of the first month in which it lies after today, and so many months on."""
    first = date(TODAY.year, TODAY.month, min(anchor_day, month_end(TODAY.year, TODAY.month)))
    count = TODAY.year * 12 + TODAY.month - 1 + months + (0 if first > TODAY else 1)
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(anchor_day, month_end(year, month)))


def created(place: int, offer: str, lot: Lot) -> date:
    """The day on which the platform was subscribed; late days of the month among them."""
    if offer == "private-exchange":
        day = (31, 30, 29, 28, 15, 3)[place % 6]
        month = lot.one((1, 3, 5, 7, 8, 10, 12))
        return date(2019 + lot.below(6), month, day)
    return date(2018, 1, 1) + timedelta(days=lot.below(2700))


def batches(rows: Sequence[dict[str, object]], clients: dict[str, Client], lot: Lot) -> list[Batch]:
    """One or two days of order a platform; private ones have their platform's day."""
    found = []
    for row in rows:
        name, offer, customer_id = str(row["name"]), str(row["offer"]), str(row["customer"])
        if offer == "private-exchange":
            anchors = [date.fromisoformat(str(row["created_on"])).day]
        else:
            anchors = [31 - lot.below(4) if lot.chance(40) else 1 + lot.below(28)]
            anchors += [1 + lot.below(31)] if lot.chance(50) else []
        found += [
            Batch(platform=name, client=clients[customer_id], offer=offer, anchor_day=anchor)
            for anchor in anchors
        ]
    return found


def addresses(client: Client, taken: set[str], lot: Lot) -> Iterator[str]:
    """Addresses of the client's domain, without end: people, desks, and people of two names."""
    forms = [client.domain]
    if "ß" not in client.domain and not client.domain.isascii():
        forms += [client.domain.encode("idna").decode()]
    while True:
        local = plain(lot.one(PEOPLE) if lot.chance(85) else lot.one(DESKS))
        if lot.chance(40):
            local += f".{plain(lot.one(PEOPLE))}"
        if (address := f"{local}@{client.domain}") in taken:
            continue
        taken.add(address)
        # Some people type the domain as the name servers have it.
        yield f"{local}@{forms[-1] if lot.chance(10) else forms[0]}"


def account(batch: Batch, address: str, lot: Lot) -> dict[str, object]:
    """One row of accounts.csv: mostly monthly and renewing alike, some changes on the way."""
    period, renewal = "monthly", "monthly"
    if batch.offer != "private-exchange":
        period = "yearly" if lot.chance(35) else "monthly"
        renewal = period if lot.chance(88) else lot.one(("monthly", "yearly", "none"))
    months = lot.below(12) if period == "yearly" else 0
    return {
        "platform": batch.platform,
        "address": "" if lot.chance(6) else address,
        "period": period,
        "expires_on": next_on(batch.anchor_day, months).isoformat(),
        "anchor_day": batch.anchor_day,
        "renewal": renewal,
    }


def accounts(found: Sequence[Batch], lot: Lot) -> list[dict[str, object]]:
    """All accounts, batch by batch, in sizes that grow and shrink."""
    makers: dict[str, Iterator[str]] = {}
    weights = [3 + lot.below(30) for _ in found]
    rows = []
    for place, batch in enumerate(found):
        lasting = makers.setdefault(batch.client.domain, addresses(batch.client, set(), lot))
        before, until = sum(weights[:place]), sum(weights[: place + 1])
        count = ACCOUNTS * until // sum(weights) - ACCOUNTS * before // sum(weights)
        rows += [account(batch, next(lasting), lot) for _ in range(count)]
    return rows


def balance(client: Client, mine: Sequence[dict[str, object]], offers: dict[str, str]) -> int:
    """What the client said, or enough for two years in whole hundreds."""
    if client.cents is not None:
        return client.cents
    gross = {"email-pro": 200, "hosted-exchange": 520, "private-exchange": 380}
    months = sum(gross[offers[str(row["platform"])]] for row in mine)
    return 26 * months // 10_000 * 10_000 + 10_000


def write(path: Path, keys: Sequence[str], rows: Sequence[dict[str, object]]) -> None:
    """One CSV file with a header, in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, keys, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def make(folder: Path) -> None:
    """Write customers.csv, platforms.csv and accounts.csv into a folder."""
    lot = Lot(SEED)
    clients = {slug(found): found for found in map(client, CLIENTS.strip().splitlines())}
    platforms: list[dict[str, object]] = [
        {
            "name": name,
            "customer": slug(owner),
            "offer": offer,
            "created_on": created(place, offer, lot).isoformat(),
        }
        for place, (name, owner, offer) in enumerate(platform_names(list(clients.values())))
    ]
    rows = accounts(batches(platforms, clients, lot), lot)
    owners = {str(row["name"]): str(row["customer"]) for row in platforms}
    offers = {str(row["name"]): str(row["offer"]) for row in platforms}
    customers = []
    for place, (name, paying) in enumerate(clients.items()):
        mine = [row for row in rows if owners[str(row["platform"])] == name]
        customers.append(customer(paying, place, balance(paying, mine, offers), lot))
    write(folder / "customers.csv", CUSTOMER_KEYS, customers)
    write(folder / "platforms.csv", PLATFORM_KEYS, platforms)
    write(folder / "accounts.csv", ACCOUNT_KEYS, rows)


if __name__ == "__main__":
    make(Path(__file__).parent)
