"""Letters as customers read them: right in every language, and never more than text."""

# ruff: noqa: RUF001 - letters have the signs of their languages

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from mailctl.domain.notices import NoticeKind
from mailctl.notices.letter import Letter
from tests.helpers import Cli
from tests.notices.host import live
from tests.notices.letters import DEBTOR, Words, last_of, letter, plain, run
from tests.notices.test_texts import LANGUAGES
from tests.store.plain import opened, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter with the kind of its notice and its customer."""

    kind: str
    customer: str
    letter: Letter


@pytest.fixture(scope="session")
def all_letters(tmp_path_factory: pytest.TempPathFactory) -> list[Written]:
    """Every letter of a host to whose customers everything happens, written when it is queued.

    In each language: what is queued is the same for all.
    """
    cli = Cli(tmp_path_factory.mktemp("lived") / "mailctl.db")
    written: list[Written] = []
    last = 0

    def read() -> None:
        nonlocal last
        new = rows(
            cli.store,
            "SELECT n.id, n.kind, c.slug FROM notice n JOIN customer c ON c.id = n.customer_id "
            f"WHERE n.id > {last} ORDER BY n.id",
        )
        for language in LANGUAGES if new else ():
            speak(cli, language)
            written.extend(
                Written(kind=kind, customer=customer, letter=letter(cli, number))
                for number, kind, customer in new
            )
        last = new[-1][0] if new else last

    live(cli, read)
    return written


def speak(cli: Cli, language: str) -> None:
    """Let every customer be told in a language."""
    with opened(cli.store) as base:
        base.execute("UPDATE customer SET language = ?", (language,))


def words_of(text: str) -> list[str]:
    """The words of a plain text without its bullets and its line before the signature."""
    return [word for word in text.split() if word not in ("-", "--")]


def without_colons(words: list[str]) -> str:
    """Words in a row; colons stand after labels and headings in plain text alone."""
    return "".join(words).replace(":", "")


def test_every_letter_is_right_for_one_and_for_many(all_letters: list[Written]) -> None:
    """Every kind, in every language, to customers of one mailbox and of several."""
    for size in ("one", "many"):
        for language in LANGUAGES:
            kinds = {
                written.kind
                for written in all_letters
                if written.letter.language == language and written.customer.endswith(size)
            }
            assert kinds == set(NoticeKind)


def test_a_letter_is_short_and_whole(all_letters: list[Written]) -> None:
    """A subject on one line, a greeting, who writes, whom it concerns; 72 columns, no gap left."""
    for written in all_letters:
        subject, text = written.letter.subject, written.letter.text
        assert 10 < len(subject) < 80, subject
        assert subject == subject.strip()
        assert len(text.splitlines()) < 50
        assert max(map(len, text.splitlines())) <= 72
        assert not re.search(r"[{}]|None|\?\?\?| {5}|\n{3}", subject + text), text
        assert "Hote SAS\n\n-- \n" in text
        assert text.endswith(f"({written.customer}).\n")


def test_plain_text_and_html_say_the_same(all_letters: list[Written]) -> None:
    """Word for word; HTML has no link, no script, and nothing to be loaded.

    It has one picture at most: the code of a transfer, which comes with the letter.
    """
    for written in all_letters:
        html, codes = re.subn(r"<p[^>]*><img src=\"cid:.*?</p>", "", written.letter.html)
        assert codes == (written.letter.scan is not None)
        document = Words(html)
        assert without_colons(document.shown) == without_colons(words_of(written.letter.text))
        assert document.tags <= set("html head meta title body div p br table tr td ul li".split())
        assert document.attributes <= set("lang charset name content style role".split())
        assert not re.search(r"url\(|https?:|//|<img", html)


def test_languages_state_the_same_facts(all_letters: list[Written]) -> None:
    """The same addresses, numbers of orders and invoices, and amounts in each language."""
    facts: dict[str, list[list[str]]] = {language: [] for language in LANGUAGES}
    for written in all_letters:
        text = re.sub(
            r"(?<=\d)[\u202f.,](?=\d)", "", plain(written.letter.text).replace("\u202f", "")
        )
        text = re.sub(r"(?<=\d) (?=\d{3})", "", text)
        facts[written.letter.language].append(sorted(re.findall(r"\S+@\S+\w|\d{3,}", text)))
    assert facts["fr"] == facts["de"] == facts["en"]
    assert len(facts["fr"]) > 100


def test_a_debt_in_german(cli: Cli) -> None:
    """What is missing, by when it is to be paid, the three ways, and where the money goes."""
    run(cli, DEBTOR)
    cli.ok("settings", "set", "seller-iban", "FR7630006000011234567890189")
    cli.ok("settings", "set", "mail-from", "mail@host.example")

    got = letter(cli, last_of(cli, "debt-opened"))

    assert plain(got.subject) == "Guthabenkonto: 9,50 € bis 17. Januar 2026 zu zahlen"
    assert plain(got.text) == (
        """\
Guten Tag,

Ihr Guthabenkonto ist im Minus: Es fehlen 9,50 €.

Bitte zahlen Sie bis einschließlich 17. Januar 2026. Danach werden die
Postfächer gesperrt, die auf unbezahlten Rechnungen stehen.

Sie haben drei Möglichkeiten:
- Nennen Sie uns ein Zahlungsmittel (Lastschrift, Karte oder PayPal):
  Der fehlende Betrag wird sofort eingezogen. Senden Sie nie eine
  Kartennummer per E-Mail.
- Bezahlen Sie die Bestellung 2, die genau auf den fehlenden Betrag
  lautet.
- Laden Sie Ihr Guthabenkonto auf, ab 10,00 €; was den fehlenden Betrag
  übersteigt, bleibt für Ihre nächsten Verlängerungen verfügbar.

Sie können per Überweisung zahlen:

  Empfänger: Hote SAS
  IBAN: FR76 3000 6000 0112 3456 7890 189
  Betrag: 9,50 €
  Verwendungszweck: RF66 O2

Mit freundlichen Grüßen
Hote SAS

-- \n\
Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie
an mail@host.example.
Diese Nachricht betrifft das Kundenkonto Krull GmbH (krull).
"""
    )


def test_a_suspension_in_french(store: Cli) -> None:
    """Why, from when on it is deleted, and how to get it back: one for its end, one for a debt."""
    run(
        store,
        """
        customer add acme --name "Acme SARL" --email it@acme.example
        prepaid credit acme 12.78
        platform add acme-hx --customer acme --offer hosted-exchange
        account order acme-hx ann@acme.example bob@acme.example -y
        account renew 1 --mode none -y
        tick --to 2026-01-24
        account order acme-hx cyd@acme.example -y
        tick --to 2026-02-01
        """,
    )
    ((number, debt),) = rows(
        store.store,
        "SELECT n.id, -c.balance_cents FROM notice n JOIN customer c ON c.id = n.customer_id "
        "WHERE n.kind = 'accounts-suspended'",
    )
    assert debt == 638

    got = letter(store, number)

    assert plain(got.subject) == "2 boîtes e-mail suspendues : suppression le 15 février 2026"
    assert (
        plain(got.text)
        == """\
Bonjour,

Le 1er février 2026, 2 de vos boîtes e-mail ont été suspendues. Elles ne
permettent plus de lire ni d’envoyer de messages.

Période payée terminée, suppression le 15 février 2026 :
- ann@acme.example

Facture en retard de paiement, suppression le 15 février 2026 :
- cyd@acme.example

Pour conserver la boîte dont la période payée est terminée, répondez à
ce message avant le 15 février 2026. Nous la rouvrirons et facturerons
le temps écoulé depuis son échéance.

La boîte suspendue pour une facture en retard fonctionnera à nouveau dès
que les 6,38 € manquants seront payés. Merci de payer avant le
15 février 2026.

Répondez à ce message, nous vous dirons comment payer.

La suppression est définitive : ce qui n’aura pas été exporté d’ici là
sera perdu.

Cordialement,
Le service clients

-- \n\
Ce message concerne le compte client Acme SARL (acme).
"""
    )


def test_a_deletion_in_english(cli: Cli) -> None:
    """What goes, the code on a line of its own, until when it is valid, and what to do else."""
    run(cli, DEBTOR.replace("--country DE", "--country DE --language en"))
    cli.ok("platform", "delete", "krull-hx", "-y")
    ((code,),) = rows(cli.store, "SELECT secret FROM notice WHERE kind = 'delete-token'")

    got = letter(cli, last_of(cli, "delete-token"))

    assert got.subject == "Platform krull-hx: code to confirm its deletion"
    assert (
        plain(got.text)
        == f"""\
Hello,

We have been asked to delete the platform krull-hx at once, with its 2
mailboxes and all of the mail in them. Nothing will be refunded, and it
cannot be undone.

If this is what you want, export the mail that you want to keep, then
send us this code by replying to this message:

    {code}

The code is valid up to and including 13 January 2026. Do not give it to
anybody else.

If you do not want this, do nothing: without the code nothing is
deleted.

Mailboxes concerned:
- ann@krull.example
- one mailbox without an address (krull-hx)

Kind regards,
Hote SAS

-- \n\
This message concerns the customer account Krull GmbH (krull).
"""
    )


def test_a_name_never_becomes_markup(cli: Cli) -> None:
    """Brackets, quotes and ampersands are shown as they were typed."""
    name = '<b>x</b> & "y" {{ 7 * 7 }} { $order }'
    run(cli, DEBTOR.replace('"Krull GmbH"', repr(name)))

    got = letter(cli, last_of(cli, "order-confirmed"))

    assert f"Kundenkonto {name} (krull)" in " ".join(got.text.split())
    document = Words(got.html)
    assert "b" not in document.tags
    assert f"Kundenkonto {name} (krull)" in " ".join(document.shown)


def test_what_is_not_seen_is_made_visible(cli: Cli) -> None:
    """Escapes, ends of lines and turned directions, however they came into the store."""
    run(cli, DEBTOR)
    with opened(cli.store) as base:
        base.execute("UPDATE customer SET name = 'a\x1b[31m\u202eb\nc'")
        base.execute("UPDATE platform SET name = 'p\r\nBcc: x@y.example'")
    cli.ok("settings", "set", "seller-name", "Hote")
    run(cli, "settings set mail-from mail@host.example")

    for kind in ("order-confirmed", "debt-opened"):
        got = letter(cli, last_of(cli, kind))
        assert "a\ufffd[31m\ufffdb\ufffdc" in got.text
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", got.subject + got.text + got.html)
        assert "\nBcc" not in got.text + got.html


def test_long_and_foreign_addresses_stay_whole(cli: Cli) -> None:
    """The longest address on a line of its own, a foreign domain in its own letters."""
    long = "x" * 59 + "@" + ".".join(["a" * 60] * 3) + ".example"
    run(cli, DEBTOR.replace("ann@krull.example", f"{long} ann@xn--bcher-kva.example"))

    got = letter(cli, last_of(cli, "order-confirmed"))

    assert len(long) == 250
    assert f"\n- {long}\n" in got.text
    assert f"<li>{long}</li>" in got.html
    assert "\n- ann@bücher.example\n" in got.text
