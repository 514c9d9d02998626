### Die Service-E-Mails auf Deutsch.
###
### Eine Nachricht je Art von Mitteilung; ihre Attribute sind der Betreff und die Absätze. Jede E-Mail
### hat einen Gedanken: was geschehen ist, was wann folgt, was der Leser tun kann.
### Die anderen Sprachen haben dieselben Nachrichten, dieselben Attribute und dieselben Platzhalter.
### Datumsangaben und Beträge kommen schon ausgeschrieben an, wie es im Deutschen üblich ist.
### Anführungszeichen sind „so“ zu schreiben, Platzhalter nie zu übersetzen.
###
### Platzhalter, die viele Texte haben:
###   $count     wie viele Postfächer (eine Zahl: nach ihr richtet sich der Plural)
###   $day       der Tag, um den es geht, $amount  der Betrag, um den es geht
###   $order     die Nummer einer Bestellung, $invoice  einer Rechnung
###   $platform  der Name der Plattform, $method  ein Zahlungsmittel, verdeckt („Visa …4242“)

## Der Rahmen jedes Briefs.
##   $name und $customer: Name und Kurzname des Kunden
##   $contact: die E-Mail-Adresse des Anbieters; $label und $value: eine Zeile wie „Gesamt: 4,79 €“

# .attached: $kind: page (ein PDF) oder data (nur XML); $count: wie viele; $files: ihre Namen
frame =
    .greeting = Guten Tag,
    .closing = Mit freundlichen Grüßen
    .team = Ihr Kundenservice
    .questions = Haben Sie Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie an { $contact }.
    .about = Diese Nachricht betrifft das Kundenkonto { $name } ({ $customer }).
    .figure = { $label }: { $value }
    .heading = { $text }:
    .attached =
        { $kind ->
            [page]
                { $count ->
                    [one] Das Dokument ist beigefügt: { $files }.
                   *[other] Die Dokumente sind beigefügt: { $files }.
                }
           *[data]
                { $count ->
                    [one] Das Dokument ist als Datei für Buchhaltungsprogramme beigefügt: { $files }.
                   *[other] Die Dokumente sind als Dateien für Buchhaltungsprogramme beigefügt: { $files }.
                }
        }

## Was vor einer Angabe steht.

# .tax-at: $rate: etwa 20 %
label =
    .amount = Betrag
    .balance = Aktuelles Guthaben
    .beneficiary = Empfänger
    .credit-date = Datum der Gutschrift
    .creditor = Gläubiger-Identifikationsnummer
    .debit-day = Abbuchung frühestens am
    .due = Zu zahlen bis
    .iban = IBAN
    .invoice-date = Rechnungsdatum
    .mandate = Mandatsreferenz
    .missing = Derzeit offen
    .net = Netto
    .reference = Verwendungszweck
    .tax = USt.
    .tax-at = USt. ({ $rate })
    .threshold = Ihre Warnschwelle
    .total = Gesamtbetrag
    .until = Insgesamt berechnet bis { $day }, inkl. USt.

## Überschriften über Postfächern, und was für jene dasteht, die keine Adresse haben.

# .all: Über allen Postfächern, ohne Datum.
# .expiry: $day: der letzte Tag der Laufzeit
# .billed, .credited: $first: ohne Jahr, wenn der letzte Tag dasselbe hat; ein Tag: .billed-day
# .line: $offer: was abonniert ist; $amount: netto, für alle zusammen
accounts =
    .expiry = Laufzeit bis { $day }
    .billed = Berechnet vom { $first } bis { $last }
    .billed-day = Berechnet für den { $last }
    .credited = Gutgeschrieben vom { $first } bis { $last }
    .credited-day = Gutgeschrieben für den { $last }
    .renewal = Verlängerung am { $day }
    .suspension = Sperrung am { $day }
    .deletion = Löschung am { $day }
    .all = Betroffene Postfächer
    .blank =
        { $count ->
            [one] ein Postfach ohne Adresse ({ $platform })
           *[other] { $count } Postfächer ohne Adresse ({ $platform })
        }
    .line =
        { $period ->
            [yearly] { $count } × { $offer }, 1 Jahr: { $amount }
           *[monthly] { $count } × { $offer }, 1 Monat: { $amount }
        }

## Wie es um eine Rechnung steht, und wie man zahlt. Für mehrere Arten von Mitteilungen.

# .open-overdue, .overdue: Wenn $day beim Senden vorbei ist.
# .credited: $amount: was Gutschriften von einer Rechnung bisher aufgehoben haben, mit Steuer
# .reverse-charge, .outside: Warum es keine USt. gibt: Der Käufer schuldet sie oder ist nicht in der EU.
bill =
    .reverse-charge = Steuerschuldnerschaft des Leistungsempfängers: Die Umsatzsteuer führen Sie ab (Richtlinie 2006/112/EG, Artikel 44 und 196).
    .outside = Nicht im Anwendungsbereich der EU-Umsatzsteuer (Richtlinie 2006/112/EG, Artikel 44 und 59).
    .not-applied = In Ihrem Gebiet fällt keine USt. an (Artikel 294, 1 des französischen Code général des impôts).
    .credited = Davon wurden Ihrem Guthabenkonto inzwischen { $amount } einschließlich USt. gutgeschrieben.
    .paid = Sie ist durch Ihr Guthaben bezahlt: Sie müssen nichts tun.
    .collected = Was Ihr Guthaben nicht deckt, wird gerade über { $method } eingezogen: Sie müssen nichts tun.
    .rest-collected = Der fehlende Betrag wird gerade über { $method } eingezogen: Sonst müssen Sie nichts tun.
    .open = Ihr Guthaben deckt sie nicht: Auf Ihrem Konto fehlen { $amount }. Bitte zahlen Sie bis einschließlich { $day }.
    .open-overdue = Ihr Guthaben deckt sie nicht: Auf Ihrem Konto fehlen { $amount }. Der letzte Tag zum Zahlen war der { $day }: Bitte zahlen Sie jetzt.
    .pay-by = Bitte zahlen Sie bis einschließlich { $day }.
    .overdue = Der letzte Tag zum Zahlen war der { $day }. Bitte zahlen Sie jetzt: Bis dahin sind die Postfächer gesperrt, die auf unbezahlten Rechnungen stehen.
    .part-overdue = Ein Teil davon ist bereits überfällig: Die Postfächer, die auf überfälligen Rechnungen stehen, sind bis zur Zahlung gesperrt.

# .reference-customer: Der Verwendungszweck der Überweisung.
pay =
    .transfer = Sie können per Überweisung zahlen:
    .ask = Antworten Sie auf diese Nachricht; wir sagen Ihnen, wie Sie zahlen können.
    .reference-customer = Kunde { $customer }

# .announced: $method: das Bankkonto, verdeckt; die Angaben folgen.
debit =
    .announced = Per SEPA-Lastschrift von Ihrem Konto { $method }:

## Rechnungen und Gutschriften auf Papier.

# .corrects: $number: die Rechnung, die die Gutschrift berichtigt; $day: ihr Datum
# .term, .term-day: die Laufzeit eines Postfachs; $first: ohne Jahr, wenn der letzte Tag dasselbe hat
# .unit, .net: $currency: etwa EUR
# .page: $page von $pages
document =
    .invoice = Rechnung
    .credit-note = Rechnungskorrektur
    .credit-date = Datum
    .buyer-reference = Ihr Zeichen
    .order = Bestellung
    .buyer-vat = Ihre USt-IdNr.
    .buyer-id =
        { $register ->
           *[other] Ihre Registernummer
            [SIREN] Ihre SIREN
            [SIRET] Ihre SIRET
        }
    .vat = USt-IdNr.
    .company-id =
        { $register ->
           *[other] Registernummer
            [SIREN] SIREN
            [SIRET] SIRET
        }
    .phone = Telefon
    .corrects = Berichtigt die Rechnung { $number } vom { $day }.
    .reason = Grund: { $text }
    .position = Pos.
    .service = Leistung
    .period = Leistungszeitraum
    .quantity = Menge
    .unit = Einzelpreis ({ $currency })
    .net = Netto ({ $currency })
    .term = { $first } bis { $last }
    .term-day = am { $last }
    .carried = Übertrag
    .brought = Übertrag der Vorseite
    .base = Netto
    .tax = USt.-Betrag
    .reverse-charge = Steuerschuldnerschaft des Leistungsempfängers
    .outside = Nicht steuerbar
    .prepaid = Aus Ihrem Guthaben bezahlt
    .open = Zu zahlen
    .returned = Auf Ihr Guthabenkonto
    .page = Seite { $page } von { $pages }

# .scan: Neben einem QR-Code.
# .collected, .collected-after: $method: verdeckt; $day: der früheste Tag des Einzugs
settling =
    .title = Zahlung
    .paid = Vollständig aus Ihrem Guthaben bezahlt. Es ist nichts zu zahlen.
    .nothing = Es ist nichts zu zahlen.
    .credited = { $amount } werden Ihrem Guthabenkonto gutgeschrieben.
    .transfer = Bitte überweisen Sie { $amount }.
    .transfer-by = Bitte überweisen Sie { $amount } bis einschließlich { $day }.
    .collected = { $amount } werden über { $method } eingezogen. Sie müssen nichts tun.
    .collected-after = { $amount } werden über { $method } eingezogen, frühestens am { $day }. Sie müssen nichts tun.
    .ask = Bitte zahlen Sie { $amount }.
    .ask-by = Bitte zahlen Sie { $amount } bis einschließlich { $day }.
    .bic = BIC
    .bank = Bank
    .reference = Verwendungszweck
    .scan = Mit Ihrer Banking-App scannen

## Gesperrte Postfächer: warum, und wie man sie zurückbekommt.
## Für accounts-suspended und deletion-coming.

suspended =
    .expired = Bezahlte Laufzeit beendet, Löschung am { $day }
    .debt = Rechnung überfällig, Löschung am { $day }
    .reopen =
        { $count ->
            [one] Möchten Sie das Postfach behalten, dessen bezahlte Laufzeit beendet ist, dann antworten Sie vor dem { $day } auf diese Nachricht. Wir schalten es wieder frei und berechnen die Zeit seit dem Ende der Laufzeit.
           *[other] Möchten Sie die Postfächer behalten, deren bezahlte Laufzeit beendet ist, dann antworten Sie vor dem { $day } auf diese Nachricht. Wir schalten sie wieder frei und berechnen die Zeit seit dem Ende der Laufzeit.
        }
    .pay =
        { $count ->
            [one] Das wegen einer überfälligen Rechnung gesperrte Postfach wird wieder freigeschaltet, sobald der offene Betrag von { $amount } bezahlt ist. Bitte zahlen Sie vor dem { $day }.
           *[other] Die wegen einer überfälligen Rechnung gesperrten Postfächer werden wieder freigeschaltet, sobald der offene Betrag von { $amount } bezahlt ist. Bitte zahlen Sie vor dem { $day }.
        }
    .final = Die Löschung ist endgültig: Was bis dahin nicht exportiert ist, geht verloren.

## Kopien gelöschter Postfächer, wo der Anbieter sie aufbewahrt. $days: wie lange.

copies =
    .coming =
        { $count ->
            [one] Bevor das Postfach gelöscht wird, werden seine E-Mails kopiert.
           *[other] Bevor ein Postfach gelöscht wird, werden seine E-Mails kopiert.
        } { $days ->
            [one] Die Kopie wird nach der Löschung einen Tag lang aufbewahrt. Möchten Sie sie erhalten, dann antworten Sie bis dahin auf diese Nachricht.
           *[other] Die Kopie wird nach der Löschung { $days } Tage lang aufbewahrt. Möchten Sie sie erhalten, dann antworten Sie bis dahin auf diese Nachricht.
        }
    .until =
        { $count ->
            [one] Bevor das Postfach gelöscht wird, werden seine E-Mails kopiert. Die Kopie wird bis einschließlich { $day } aufbewahrt: Möchten Sie sie erhalten, dann antworten Sie bis dahin auf diese Nachricht.
           *[other] Bevor die Postfächer gelöscht werden, werden ihre E-Mails kopiert. Die Kopien werden bis einschließlich { $day } aufbewahrt: Möchten Sie eine erhalten, dann antworten Sie bis dahin auf diese Nachricht.
        }
    .kept =
        { $count ->
            [one] Eine Kopie seiner E-Mails wird bis einschließlich { $day } aufbewahrt: Möchten Sie sie erhalten, dann antworten Sie bis dahin auf diese Nachricht.
           *[other] Kopien ihrer E-Mails werden bis einschließlich { $day } aufbewahrt: Möchten Sie eine erhalten, dann antworten Sie bis dahin auf diese Nachricht.
        }

## Bestellungen

# .subject: $what: neue (accounts), verlängerte (extension) oder wieder freigeschaltete (reopening) Postfächer
# .partly: Wenn einige ihrer $ordered Postfächer inzwischen beendet sind; $count sind in Betrieb
# .was-carried-out: Wenn ihre Postfächer beim Senden nicht mehr in Betrieb sind; $queued: der Tag
order-confirmed =
    .subject =
        { $what ->
            [extension] Bestellung { $order }: ein Postfach verlängert
            [reopening] Bestellung { $order }: ein Postfach wieder freigeschaltet
           *[accounts]
                { $count ->
                    [0] Bestellung { $order } ausgeführt
                    [one] Bestellung { $order }: Ihr neues Postfach
                   *[other] Bestellung { $order }: Ihre { $count } neuen Postfächer
                }
        }
    .subject-partly = Bestellung { $order } ausgeführt
    .happened =
        { $what ->
            [extension] Ihre Bestellung { $order } ist ausgeführt: Ein Postfach der Plattform { $platform } ist verlängert.
            [reopening] Ihre Bestellung { $order } ist ausgeführt: Ein Postfach der Plattform { $platform } ist wieder freigeschaltet.
           *[accounts]
                { $count ->
                    [one] Ihre Bestellung { $order } ist ausgeführt: Auf der Plattform { $platform } steht ein neues Postfach bereit.
                   *[other] Ihre Bestellung { $order } ist ausgeführt: Auf der Plattform { $platform } stehen { $count } neue Postfächer bereit.
                }
        }
    .partly =
        { $count ->
            [one] Ihre Bestellung { $order } über { $ordered } neue Postfächer auf der Plattform { $platform } wurde am { $queued } ausgeführt. Eines davon ist heute noch in Betrieb.
           *[other] Ihre Bestellung { $order } über { $ordered } neue Postfächer auf der Plattform { $platform } wurde am { $queued } ausgeführt. { $count } davon sind heute noch in Betrieb.
        }
    .was-carried-out = Ihre Bestellung { $order } wurde am { $queued } ausgeführt.
    .billed = Die Rechnung { $invoice } wurde von Ihrem Guthabenkonto abgebucht.
    .configure = Um ein Postfach ohne Adresse zu nutzen, antworten Sie uns mit der gewünschten Adresse.

# .subject: $day: der letzte Tag der Gültigkeit
# .covered: $balance: das Guthaben, das reicht
# .part: $amount: was dafür schon gekommen ist
order-awaiting-payment =
    .subject = Bestellung { $order }: { $amount } bis { $day } zu zahlen
    .happened =
        { $what ->
            [prepaid-credit] Vielen Dank für Ihre Bestellung { $order }: ein Guthaben von { $amount }. Es wird Ihrem Guthabenkonto gutgeschrieben, sobald es bezahlt ist.
            [extension] Vielen Dank für Ihre Bestellung { $order }: die Verlängerung eines Postfachs der Plattform { $platform }. Sie wird wirksam, sobald sie bezahlt ist.
            [reopening] Vielen Dank für Ihre Bestellung { $order }: die erneute Freischaltung eines Postfachs der Plattform { $platform }. Sie wird wirksam, sobald sie bezahlt ist.
           *[accounts]
                { $count ->
                    [one] Vielen Dank für Ihre Bestellung { $order }: ein neues Postfach auf der Plattform { $platform }. Sie wird wirksam, sobald sie bezahlt ist.
                   *[other] Vielen Dank für Ihre Bestellung { $order }: { $count } neue Postfächer auf der Plattform { $platform }. Sie wird wirksam, sobald sie bezahlt ist.
                }
        }
    .next = Die Bestellung gilt bis einschließlich { $day }. Ist sie bis dahin nicht bezahlt, wird sie storniert und nichts berechnet.
    .part = { $amount } haben Sie dafür schon gezahlt. Es fehlt nur noch der Rest.
    .covered = Ihr Guthaben von { $balance } reicht dafür: Antworten Sie auf diese Nachricht, und wir buchen den Betrag davon ab.

# .happened: $ordered: der Tag der Bestellung; $day: der letzte Tag der Gültigkeit
# .subject-kept: wenn Geld dafür gekommen ist; .paid statt .happened, wenn es der ganze Betrag war.
# .kept: $amount: was dafür gekommen ist
order-expired =
    .subject = Bestellung { $order } storniert: nicht rechtzeitig bezahlt
    .subject-kept = Bestellung { $order } storniert: Ihre Zahlung ist auf Ihrem Guthabenkonto
    .happened = Ihre Bestellung { $order } vom { $ordered } über { $amount } war bis { $day } zu bezahlen. Da dies nicht geschehen ist, haben wir sie storniert. Es wurde nichts berechnet.
    .paid = Ihre Bestellung { $order } vom { $ordered } über { $amount } wurde bezahlt, wir konnten sie aber nicht ausführen. Wir haben sie storniert. Es wurde nichts berechnet.
    .kept = Die dafür gezahlten { $amount } haben wir Ihrem Guthabenkonto gutgeschrieben. Antworten Sie auf diese Nachricht, wenn Sie das Geld zurückhaben möchten.
    .do = Wenn Sie sie noch möchten, bestellen Sie einfach neu oder antworten Sie auf diese Nachricht.

## Rechnungen und Geld

invoice-issued =
    .subject = Rechnung { $invoice }: { $amount }
    .happened =
        { $count ->
            [one] Eines Ihrer Postfächer wurde verlängert. Die Rechnung { $invoice } über { $amount } wurde von Ihrem Guthabenkonto abgebucht.
           *[other] { $count } Ihrer Postfächer wurden verlängert. Die Rechnung { $invoice } über { $amount } wurde von Ihrem Guthabenkonto abgebucht.
        }
    .lines = Was berechnet wird (netto)

# .happened: $what: die ganze Rechnung (whole), was von ihr übrig war (rest) oder ein Teil (part);
#   $day und $amount: die der Rechnung
# .next: $amount: was die Gutschrift zurückgibt, mit Steuer
credit-note-issued =
    .subject = Gutschrift { $invoice }: { $amount }
    .happened =
        { $what ->
            [whole] Mit der Gutschrift { $note } ist die Rechnung { $invoice } vom { $day } über { $amount } vollständig storniert.
            [rest] Mit der Gutschrift { $note } ist auch der Rest der Rechnung { $invoice } vom { $day } über { $amount } storniert. Damit ist die ganze Rechnung aufgehoben.
           *[part] Mit der Gutschrift { $note } ist ein Teil der Rechnung { $invoice } vom { $day } über { $amount } storniert. Der Rest der Rechnung bleibt bestehen.
        }
    .lines = Was gutgeschrieben wird (netto)
    .next = Die Rechnung wurde von Ihrem Guthabenkonto abgebucht; der Betrag der Gutschrift von { $amount } wurde ihm wieder gutgeschrieben.
    .nothing = Sie müssen nichts tun.
    .short = Auf Ihrem Guthabenkonto fehlen noch { $amount }.

# .subject: $day: der letzte Tag zum Zahlen
# .subject-undated: Wenn kein Tag feststeht.
# .subject-overdue: Wenn der Tag beim Senden vorbei ist.
debt-opened =
    .subject = Guthabenkonto: { $amount } bis { $day } zu zahlen
    .subject-undated = Guthabenkonto: { $amount } zu zahlen
    .subject-overdue = Guthabenkonto: { $amount } waren bis { $day } zu zahlen
    .happened = Ihr Guthabenkonto ist im Minus: Es fehlen { $amount }.
    .next = Bitte zahlen Sie bis einschließlich { $day }. Danach werden die Postfächer gesperrt, die auf unbezahlten Rechnungen stehen.
    .ways = Sie haben drei Möglichkeiten
    .way-method = Nennen Sie uns ein Zahlungsmittel (Lastschrift, Karte oder PayPal): Der fehlende Betrag wird sofort eingezogen. Senden Sie nie eine Kartennummer per E-Mail.
    .way-order = Bezahlen Sie die Bestellung { $order }, die genau auf den fehlenden Betrag lautet.
    .way-credit = Laden Sie Ihr Guthabenkonto auf, ab { $amount }; was den fehlenden Betrag übersteigt, bleibt für Ihre nächsten Verlängerungen verfügbar.

debt-reminder =
    .subject = Erinnerung: { $amount } bis { $day } zu zahlen
    .happened = Auf Ihrem Guthabenkonto fehlen immer noch { $amount }. Der letzte Tag zum Zahlen ist der { $day }.
    .next = Danach werden die Postfächer gesperrt, die auf unbezahlten Rechnungen stehen: Mit ihnen lassen sich dann keine E-Mails mehr lesen oder senden.
    .crossed = Haben Sie inzwischen gezahlt, ist diese Nachricht gegenstandslos.

debt-settled =
    .subject = Guthabenkonto ausgeglichen: vielen Dank
    .happened = Ihr Guthabenkonto ist ausgeglichen; die Bestellung { $order } ist abgeschlossen. Vielen Dank.
    .next = Wegen eines fehlenden Betrags ist kein Postfach mehr gesperrt. Sonst müssen Sie nichts tun.

# .some-method: Wenn das Zahlungsmittel nicht mehr bekannt ist.
payment-failed =
    .subject = Wir konnten { $amount } nicht einziehen
    .subject-returned = Ihre Zahlung von { $amount } wurde zurückgegeben
    .happened = Wir konnten { $amount } über { $method } nicht einziehen.
    .returned = Ihre Zahlung von { $amount } über { $method } wurde eingezogen, danach aber zurückgegeben. Der Betrag ist also nicht bezahlt.
    .expired = Ihre Karte { $method } ist abgelaufen: Wir konnten { $amount } nicht einziehen.
    .some-method = Ihr Zahlungsmittel
    .again = Wir versuchen es am { $day } noch einmal. Bitte sorgen Sie bis dahin dafür, dass die Zahlung ausgeführt werden kann.
    .enough = Gelingt dieser Versuch, müssen Sie sonst nichts tun.
    .last = Von uns aus versuchen wir es nicht noch einmal.
    .due = Bitte zahlen Sie bis einschließlich { $day }. Danach werden die Postfächer gesperrt, die auf unbezahlten Rechnungen stehen.
    .do = Sie können uns auch ein anderes Zahlungsmittel nennen: Antworten Sie auf diese Nachricht. Senden Sie nie eine Kartennummer per E-Mail.

debit-coming =
    .subject = Lastschrift über { $amount } angekündigt
    .happened = Wir ziehen { $amount } für Ihr Guthabenkonto per Lastschrift ein, wie es Ihr Mandat erlaubt.
    .do = Bitte sorgen Sie bis dahin für Deckung auf dem Konto. Sonst müssen Sie nichts tun. Wenn etwas nicht stimmt, antworten Sie vor diesem Tag auf diese Nachricht.

# .subject: $month: der letzte Monat der Karte, wie März 2026
card-expiring =
    .subject = Ihre Karte { $method } läuft Ende { $month } ab
    .happened = Ihre Karte { $method } kann bis Ende { $month } belastet werden.
    .next = Danach können wir Ihre Rechnungen nicht mehr darüber einziehen; sie werden dann nur noch von Ihrem Guthaben bezahlt.
    .do = Bitte nennen Sie uns bis dahin eine neue Karte oder ein anderes Zahlungsmittel: Antworten Sie auf diese Nachricht; wir sagen Ihnen, wie es geht. Senden Sie nie eine Kartennummer per E-Mail.

balance-low =
    .subject = Guthaben von { $amount }: unter Ihrer Warnschwelle
    .happened = Ihr Guthaben ist auf { $amount } gefallen und liegt unter Ihrer Warnschwelle.
    .do = Laden Sie es rechtzeitig auf, damit Ihre nächsten Verlängerungen gedeckt sind.

## Postfächer

# .happened: $queued: der Tag der Sperrung
accounts-suspended =
    .subject =
        { $count ->
            [one] Ein Postfach gesperrt: Löschung am { $day }
           *[other]
                { $dates ->
                    [one] { $count } Postfächer gesperrt: Löschung am { $day }
                   *[other] { $count } Postfächer gesperrt: Löschung ab { $day }
                }
        }
    .happened =
        { $count ->
            [one] Am { $queued } wurde eines Ihrer Postfächer gesperrt.
           *[other] Am { $queued } wurden { $count } Ihrer Postfächer gesperrt.
        }
    .effect =
        { $count ->
            [one] Damit lassen sich keine E-Mails mehr lesen oder senden.
           *[other] Damit lassen sich keine E-Mails mehr lesen oder senden.
        }

# .catch-up: Über jenen, deren Laufzeit inzwischen endete; $day: ihr letzter Tag
accounts-reopened =
    .subject =
        { $count ->
            [one] Ein Postfach ist wieder freigeschaltet
           *[other] { $count } Postfächer sind wieder freigeschaltet
        }
    .subject-under-way =
        { $count ->
            [one] Ein Postfach wird wieder freigeschaltet
           *[other] { $count } Postfächer werden wieder freigeschaltet
        }
    .happened =
        { $count ->
            [one] Seit dem { $queued } ist eines Ihrer gesperrten Postfächer wieder nutzbar.
           *[other] Seit dem { $queued } sind { $count } Ihrer gesperrten Postfächer wieder nutzbar.
        }
    .under-way =
        { $count ->
            [one] Eines Ihrer Postfächer wird gerade wieder freigeschaltet: Wir arbeiten daran, und es ist in Kürze wieder nutzbar.
           *[other] { $count } Ihrer Postfächer werden gerade wieder freigeschaltet: Wir arbeiten daran, und sie sind in Kürze wieder nutzbar.
        }
    .catch-up = Laufzeit endete am { $day }: Verlängerung mit der nächsten Rechnung
    .ended = Laufzeit endete am { $day }: wird in Kürze wieder gesperrt
    .keep = Was abgelaufen ist, verlängert sich nicht von selbst. Möchten Sie es behalten, antworten Sie bitte gleich auf diese Nachricht: Wir verlängern es und berechnen die Zeit seit dem Ablauf.
    .next = Sie müssen nichts tun.

# .subject: $dates: an wie vielen Tagen; dann ist $day der erste
# .short: $amount: was mit Steuer fehlt
renewal-coming =
    .subject =
        { $count ->
            [one] Verlängerung eines Postfachs am { $day }
           *[other]
                { $dates ->
                    [one] Verlängerung von { $count } Postfächern am { $day }
                   *[other] Verlängerung von { $count } Postfächern ab { $day }
                }
        }
    .happened =
        { $count ->
            [one] Am { $day } wird eines Ihrer Postfächer um ein Jahr verlängert.
           *[other]
                { $dates ->
                    [one] Am { $day } werden { $count } Ihrer Postfächer um ein Jahr verlängert.
                   *[other] Ab { $day } werden { $count } Ihrer Postfächer um ein Jahr verlängert, jedes zum Ende seiner Laufzeit.
                }
        }
    .lines = Was berechnet wird (netto, gegebenenfalls zuzüglich USt.)
    .covered = Ihr Guthaben reicht dafür, einschließlich USt.: Sie müssen nichts tun.
    .collected = Was Ihr Guthaben nicht deckt, wird über { $method } eingezogen: Sie müssen nichts tun.
    .short = Ihr Guthaben reicht dafür nicht: Es fehlen { $amount } einschließlich USt. Bitte laden Sie es vor dem { $day } auf oder nennen Sie uns ein Zahlungsmittel.
    .do = Möchten Sie nicht verlängern, dann antworten Sie vor dem { $day } auf diese Nachricht.

price-changed =
    .subject =
        { $dates ->
            [one] Neuer Preis Ihrer Verlängerung am { $day }
           *[other] Neuer Preis Ihrer Verlängerungen ab { $day }
        }
    .happened =
        { $count ->
            [one] Der Preis der Verlängerung, die wir Ihnen für eines Ihrer Postfächer zum { $day } angekündigt haben, hat sich geändert. Hier steht, was sie jetzt kostet.
           *[other]
                { $dates ->
                    [one] Der Preis der Verlängerung, die wir Ihnen für { $count } Ihrer Postfächer zum { $day } angekündigt haben, hat sich geändert. Hier steht, was sie jetzt kostet.
                   *[other] Der Preis der Verlängerungen, die wir Ihnen für { $count } Ihrer Postfächer ab { $day } angekündigt haben, hat sich geändert. Hier steht, was sie jetzt kosten.
                }
        }

# .happened: $last: der letzte bezahlte Tag; $day, der Tag danach: die Sperrung
expiry-coming =
    .subject =
        { $count ->
            [one] Ein Postfach wird nicht verlängert: Sperrung am { $day }
           *[other]
                { $dates ->
                    [one] { $count } Postfächer werden nicht verlängert: Sperrung am { $day }
                   *[other] { $count } Postfächer werden nicht verlängert: Sperrung ab { $day }
                }
        }
    .happened =
        { $count ->
            [one] Die bezahlte Laufzeit eines Ihrer Postfächer endet am { $last }. Es wird nicht automatisch verlängert.
           *[other]
                { $dates ->
                    [one] Die bezahlte Laufzeit von { $count } Ihrer Postfächer endet am { $last }. Sie werden nicht automatisch verlängert.
                   *[other] Die bezahlte Laufzeit von { $count } Ihrer Postfächer endet ab { $last }, an verschiedenen Tagen. Sie werden nicht automatisch verlängert.
                }
        }
    .next =
        { $count ->
            [one] Am { $day } wird es gesperrt: Damit lassen sich dann keine E-Mails mehr lesen oder senden. Später wird es gelöscht; den Tag teilen wir Ihnen mit.
           *[other] Am Ende seiner Laufzeit wird jedes Postfach gesperrt: Damit lassen sich dann keine E-Mails mehr lesen oder senden. Später wird es gelöscht; den Tag teilen wir Ihnen mit.
        }
    .next-blank =
        { $count ->
            [one] Am { $day } wird es gesperrt. Später wird es gelöscht; den Tag teilen wir Ihnen mit.
           *[other] Am Ende seiner Laufzeit wird jedes Postfach gesperrt. Später wird es gelöscht; den Tag teilen wir Ihnen mit.
        }
    .keep =
        { $count ->
            [one] Möchten Sie es behalten, dann antworten Sie vorher auf diese Nachricht.
           *[other] Möchten Sie sie behalten, dann antworten Sie vorher auf diese Nachricht.
        }
    .export = Wenn nicht, exportieren Sie vorher die E-Mails, die Sie behalten möchten.

deletion-coming =
    .subject =
        { $count ->
            [one] Ein Postfach wird am { $day } gelöscht
           *[other]
                { $dates ->
                    [one] { $count } Postfächer werden am { $day } gelöscht
                   *[other] { $count } Postfächer werden ab { $day } gelöscht
                }
        }
    .happened =
        { $count ->
            [one] Am { $day } wird eines Ihrer gesperrten Postfächer gelöscht, mit allen E-Mails darin.
           *[other]
                { $dates ->
                    [one] Am { $day } werden { $count } Ihrer gesperrten Postfächer gelöscht, mit allen E-Mails darin.
                   *[other] Ab { $day } werden { $count } Ihrer gesperrten Postfächer an verschiedenen Tagen gelöscht, mit allen E-Mails darin.
                }
        }

# .free: $count: jene, die eine Adresse hatten
accounts-deleted =
    .subject =
        { $count ->
            [one] Ein Postfach gelöscht
           *[other] { $count } Postfächer gelöscht
        }
    .happened =
        { $count ->
            [one] Am { $queued } wurde eines Ihrer Postfächer gelöscht, mit allen E-Mails darin. Das lässt sich nicht rückgängig machen.
           *[other] Am { $queued } wurden { $count } Ihrer Postfächer gelöscht, mit allen E-Mails darin. Das lässt sich nicht rückgängig machen.
        }
    .next =
        { $count ->
            [one] Für dieses Postfach wird nichts mehr berechnet.
           *[other] Für diese Postfächer wird nichts mehr berechnet.
        }
    .free =
        { $count ->
            [one] Sie können die Adresse für ein neues Postfach wieder verwenden.
           *[other] Sie können die Adressen für neue Postfächer wieder verwenden.
        }

## Plattformen

cancel-recorded =
    .subject = Plattform { $platform }: Kündigung eingetragen
    .happened =
        { $count ->
            [0] Am { $queued } wurde die Kündigung der Plattform { $platform } eingetragen. Sie hat kein Postfach mehr und ist geschlossen.
            [one] Am { $queued } wurde die Kündigung der Plattform { $platform } eingetragen. Ihr Postfach darauf wird nicht mehr verlängert.
           *[other] Am { $queued } wurde die Kündigung der Plattform { $platform } eingetragen. Ihre { $count } Postfächer darauf werden nicht mehr verlängert: Jedes läuft zum Ende seiner Laufzeit aus.
        }
    .next =
        { $count ->
            [one] Am Ende seiner Laufzeit wird es gesperrt und später gelöscht.
           *[other] Am Ende seiner Laufzeit wird jedes Postfach gesperrt und später gelöscht.
        }
    .export = Bitte exportieren Sie vorher die E-Mails, die Sie behalten möchten.
    .undo = Haben Sie es sich anders überlegt? Solange die Plattform Postfächer hat, lässt sich die Kündigung zurücknehmen: Antworten Sie auf diese Nachricht.

# .suspended: $count: jene, die schon vorher gesperrt waren, weil ihre Laufzeit beendet war
cancel-undone =
    .subject = Plattform { $platform }: Kündigung zurückgenommen
    .happened =
        { $count ->
            [0] Am { $queued } wurde die Kündigung der Plattform { $platform } zurückgenommen.
            [one] Am { $queued } wurde die Kündigung der Plattform { $platform } zurückgenommen. Die Verlängerung Ihres Postfachs darauf wurde wieder so eingestellt wie vor der Kündigung.
           *[other] Am { $queued } wurde die Kündigung der Plattform { $platform } zurückgenommen. Die Verlängerung Ihrer { $count } Postfächer darauf wurde wieder so eingestellt wie vor der Kündigung.
        }
    .suspended =
        { $count ->
            [one] Ein Postfach bleibt gesperrt, weil seine bezahlte Laufzeit beendet ist. Soll es wieder freigeschaltet werden, antworten Sie auf diese Nachricht.
           *[other] { $count } Postfächer bleiben gesperrt, weil ihre bezahlte Laufzeit beendet ist. Sollen sie wieder freigeschaltet werden, antworten Sie auf diese Nachricht.
        }

# .code-blank: Wenn kein Postfach eine Adresse hat und es also keine E-Mails gibt.
# .hidden: Anstelle des Codes, in der Kopie, die aufbewahrt wird.
delete-token =
    .subject = Plattform { $platform }: Code zur Bestätigung der Löschung
    .happened =
        { $count ->
            [0] Wir wurden gebeten, die Plattform { $platform } sofort zu löschen.
            [one] Wir wurden gebeten, die Plattform { $platform } sofort zu löschen, mit ihrem Postfach und allen E-Mails darin. Es wird nichts erstattet, und es lässt sich nicht rückgängig machen.
           *[other] Wir wurden gebeten, die Plattform { $platform } sofort zu löschen, mit ihren { $count } Postfächern und allen E-Mails darin. Es wird nichts erstattet, und es lässt sich nicht rückgängig machen.
        }
    .code = Wenn Sie das möchten, exportieren Sie zuerst die E-Mails, die Sie behalten möchten, und senden Sie uns dann diesen Code als Antwort auf diese Nachricht:
    .code-blank = Wenn Sie das möchten, senden Sie uns diesen Code als Antwort auf diese Nachricht:
    .hidden = (der Code steht nur in der E-Mail)
    .valid = Der Code gilt bis einschließlich { $day }. Geben Sie ihn sonst niemandem.
    .refuse = Wenn Sie das nicht möchten, tun Sie nichts: Ohne den Code wird nichts gelöscht.

delete-confirmed =
    .subject = Plattform { $platform } gelöscht
    .happened =
        { $count ->
            [0] Wie von Ihnen bestätigt, wurde die Plattform { $platform } am { $queued } gelöscht.
            [one] Wie von Ihnen bestätigt, wurde die Plattform { $platform } am { $queued } gelöscht, mit ihrem Postfach und allen E-Mails darin.
           *[other] Wie von Ihnen bestätigt, wurde die Plattform { $platform } am { $queued } gelöscht, mit ihren { $count } Postfächern und allen E-Mails darin.
        }
    .next = Für die Plattform wird nichts mehr berechnet. Bereits Bezahltes wird nicht erstattet, und die E-Mails lassen sich nicht wiederherstellen.
    .next-copied = Für die Plattform wird nichts mehr berechnet. Bereits Bezahltes wird nicht erstattet.

## What an administrator sends to try the mail server.

test =
    .subject = Testnachricht
    .works = Dies ist eine Testnachricht: Die Service-E-Mails werden über diesen Server verschickt.
    .nothing = Sie müssen nichts tun.
