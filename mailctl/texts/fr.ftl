### Les e-mails de service, en français.
###
### Un message par sorte d’avis ; ses attributs sont l’objet et les paragraphes. Chaque e-mail n’a
### qu’une idée : ce qui s’est passé, ce qui suit et quand, ce que le lecteur peut faire.
### Les autres langues ont les mêmes messages, les mêmes attributs et les mêmes variables.
### Les dates et les montants arrivent écrits comme en français.
### Espaces insécables : U+00A0 devant les deux-points et à l’intérieur des guillemets, U+202F devant
### le point-virgule, le point d’interrogation et le point d’exclamation.
###
### Variables communes à de nombreux textes :
###   $count     le nombre de boîtes e-mail (un nombre : il décide du pluriel)
###   $day       le jour dont il s’agit, $amount  le montant dont il s’agit
###   $order     le numéro d’une commande, $invoice  d’une facture
###   $platform  le nom de la plateforme, $method  un moyen de paiement, masqué (« Visa …4242 »)

## Le cadre de chaque lettre.
##   $name et $customer : le nom du client et son nom court
##   $contact : l’adresse e-mail du vendeur ; $label et $value : une ligne comme « Total : 4,79 € »

# .attached : $kind : page (un PDF) ou data (du XML seul) ; $count : combien ; $files : leurs noms
frame =
    .greeting = Bonjour,
    .closing = Cordialement,
    .team = Le service clients
    .questions = Une question ? Répondez à ce message ou écrivez à { $contact }.
    .about = Ce message concerne le compte client { $name } ({ $customer }).
    .figure = { $label } : { $value }
    .heading = { $text } :
    .attached =
        { $kind ->
            [page]
                { $count ->
                    [one] Le document est joint : { $files }.
                   *[other] Les documents sont joints : { $files }.
                }
           *[data]
                { $count ->
                    [one] Le document est joint, sous la forme d’un fichier pour logiciels de comptabilité : { $files }.
                   *[other] Les documents sont joints, sous la forme de fichiers pour logiciels de comptabilité : { $files }.
                }
        }

## Ce qui précède un chiffre.

# .tax-at : $rate : par exemple 20 %
label =
    .amount = Montant
    .balance = Solde prépayé ce jour
    .beneficiary = Bénéficiaire
    .credit-date = Date de l’avoir
    .creditor = Identifiant créancier SEPA
    .debit-day = Débit au plus tôt le
    .due = Date limite de paiement
    .iban = IBAN
    .invoice-date = Date de la facture
    .mandate = Référence unique du mandat
    .missing = Somme manquante ce jour
    .net = Total HT
    .reference = Motif du virement
    .tax = TVA
    .tax-at = TVA ({ $rate })
    .threshold = Votre seuil d’alerte
    .total = Total TTC
    .until = Total facturé jusqu’au { $day }, TVA comprise

## Les titres au-dessus des boîtes e-mail, et ce qui tient lieu d’adresse à celles qui n’en ont pas.

# .all : Au-dessus de toutes les boîtes, sans date.
# .expiry : $day : le dernier jour de la période
# .billed, .credited : $first : sans son année si c’est celle du dernier jour ; un seul jour : .billed-day
# .line : $offer : ce qui est souscrit ; $amount : hors taxes, pour toutes
accounts =
    .expiry = Valable jusqu’au { $day }
    .billed = Période facturée du { $first } au { $last }
    .billed-day = Facturé pour la journée du { $last }
    .credited = Période créditée du { $first } au { $last }
    .credited-day = Crédité pour la journée du { $last }
    .renewal = Renouvellement le { $day }
    .suspension = Suspension le { $day }
    .deletion = Suppression le { $day }
    .all = Boîtes e-mail concernées
    .blank =
        { $count ->
            [one] une boîte sans adresse ({ $platform })
           *[other] { $count } boîtes sans adresse ({ $platform })
        }
    .line =
        { $period ->
            [yearly] { $count } × { $offer }, 1 an : { $amount }
           *[monthly] { $count } × { $offer }, 1 mois : { $amount }
        }

## Où en est une facture, et comment payer. Sert à plusieurs sortes d’avis.

# .open-overdue, .overdue : Quand $day est passé au moment de l’envoi.
# .credited : $amount : ce que des avoirs ont annulé d’une facture jusqu’ici, taxes comprises
# .reverse-charge, .outside : Pourquoi il n’y a pas de TVA : l’acheteur la doit, ou n’est pas dans l’UE.
bill =
    .reverse-charge = Autoliquidation : c’est à vous de déclarer la TVA (directive 2006/112/CE, articles 44 et 196).
    .outside = Hors champ de la TVA de l’Union européenne (directive 2006/112/CE, articles 44 et 59).
    .not-applied = TVA non applicable (article 294, 1 du Code général des impôts).
    .credited = Une partie de cette facture, { $amount } TTC, a depuis été recréditée sur votre compte prépayé.
    .paid = Elle est réglée par votre solde prépayé : vous n’avez rien à faire.
    .collected = Ce que votre solde prépayé ne couvre pas est en cours de prélèvement via { $method } : vous n’avez rien à faire.
    .rest-collected = La somme manquante est en cours de prélèvement via { $method } : vous n’avez rien d’autre à faire.
    .open = Votre solde prépayé ne la couvre pas : il manque { $amount } sur votre compte. Merci de régler cette somme au plus tard le { $day }.
    .open-overdue = Votre solde prépayé ne la couvre pas : il manque { $amount } sur votre compte. Le dernier jour pour payer était le { $day } : merci de régler cette somme dès maintenant.
    .pay-by = Merci de régler cette somme au plus tard le { $day }.
    .overdue = Le dernier jour pour payer était le { $day }. Merci de régler cette somme dès maintenant : d’ici là, les boîtes e-mail qui figurent sur des factures impayées sont suspendues.
    .part-overdue = Une partie de cette somme est déjà en retard : les boîtes e-mail qui figurent sur des factures en retard sont suspendues jusqu’au paiement.

# .reference-customer : Le motif du virement.
pay =
    .transfer = Vous pouvez payer par virement :
    .ask = Répondez à ce message, nous vous dirons comment payer.
    .reference-customer = Client { $customer }

# .announced : $method : le compte bancaire, masqué ; les chiffres suivent.
debit =
    .announced = Par prélèvement SEPA sur votre compte { $method } :

## Les factures et les avoirs sur papier.

# .corrects : $number : la facture que l’avoir corrige ; $day : sa date
# .term, .term-day : la période d’une boîte ; $first : sans son année si c’est celle du dernier jour
# .unit, .net : $currency : par exemple EUR
# .page : $page sur $pages
document =
    .invoice = Facture
    .credit-note = Avoir
    .credit-date = Date
    .buyer-reference = Votre référence
    .order = Commande
    .buyer-vat = Votre n° de TVA
    .buyer-id =
        { $register ->
           *[other] Votre n° d’entreprise
            [SIREN] Votre SIREN
            [SIRET] Votre SIRET
        }
    .vat = N° de TVA
    .company-id =
        { $register ->
           *[other] N° d’entreprise
            [SIREN] SIREN
            [SIRET] SIRET
        }
    .phone = Téléphone
    .corrects = Corrige la facture { $number } du { $day }.
    .reason = Motif : { $text }
    .position = N°
    .service = Prestation
    .period = Période
    .quantity = Qté
    .unit = Prix unitaire HT ({ $currency })
    .net = Montant HT ({ $currency })
    .term = du { $first } au { $last }
    .term-day = le { $last }
    .carried = À reporter
    .brought = Report
    .base = Base HT
    .tax = Montant de la TVA
    .reverse-charge = Autoliquidation
    .outside = Hors champ de la TVA
    .prepaid = Réglé par votre compte prépayé
    .open = Net à payer
    .returned = Porté à votre compte
    .page = Page { $page } sur { $pages }

# .scan : À côté d’un code QR.
# .collected, .collected-after : $method : masqué ; $day : premier jour possible du prélèvement
settling =
    .title = Règlement
    .paid = Facture entièrement réglée par votre compte prépayé. Vous n’avez rien à payer.
    .nothing = Vous n’avez rien à payer.
    .credited = { $amount } sont portés au crédit de votre compte prépayé.
    .transfer = Merci de régler { $amount } par virement.
    .transfer-by = Merci de régler { $amount } par virement, au plus tard le { $day }.
    .collected = { $amount } sont prélevés via { $method }. Vous n’avez rien à faire.
    .collected-after = { $amount } sont prélevés via { $method }, au plus tôt le { $day }. Vous n’avez rien à faire.
    .ask = Merci de régler { $amount }.
    .ask-by = Merci de régler { $amount } au plus tard le { $day }.
    .bic = BIC
    .bank = Banque
    .reference = Référence du paiement
    .scan = À scanner avec votre application bancaire

## Les boîtes suspendues : pourquoi, et comment les retrouver.
## Sert à accounts-suspended et à deletion-coming.

suspended =
    .expired = Période payée terminée, suppression le { $day }
    .debt = Facture en retard de paiement, suppression le { $day }
    .reopen =
        { $count ->
            [one] Pour conserver la boîte dont la période payée est terminée, répondez à ce message avant le { $day }. Nous la rouvrirons et facturerons le temps écoulé depuis son échéance.
           *[other] Pour conserver les boîtes dont la période payée est terminée, répondez à ce message avant le { $day }. Nous les rouvrirons et facturerons le temps écoulé depuis leur échéance.
        }
    .pay =
        { $count ->
            [one] La boîte suspendue pour une facture en retard fonctionnera à nouveau dès que les { $amount } manquants seront payés. Merci de payer avant le { $day }.
           *[other] Les boîtes suspendues pour une facture en retard fonctionneront à nouveau dès que les { $amount } manquants seront payés. Merci de payer avant le { $day }.
        }
    .final = La suppression est définitive : ce qui n’aura pas été exporté d’ici là sera perdu.

## Les copies des boîtes supprimées, quand l’hébergeur en garde. $days : combien de temps.

copies =
    .coming =
        { $count ->
            [one] Avant la suppression de la boîte, ses messages sont copiés.
           *[other] Avant la suppression d’une boîte, ses messages sont copiés.
        } { $days ->
            [one] La copie est conservée un jour après la suppression. Pour la recevoir, répondez à ce message d’ici là.
           *[other] La copie est conservée { $days } jours après la suppression. Pour la recevoir, répondez à ce message d’ici là.
        }
    .until =
        { $count ->
            [one] Avant la suppression de la boîte, ses messages sont copiés. La copie est conservée jusqu’au { $day } inclus : pour la recevoir, répondez à ce message d’ici là.
           *[other] Avant la suppression des boîtes, leurs messages sont copiés. Les copies sont conservées jusqu’au { $day } inclus : pour en recevoir une, répondez à ce message d’ici là.
        }
    .kept =
        { $count ->
            [one] Une copie de ses messages est conservée jusqu’au { $day } inclus : pour la recevoir, répondez à ce message d’ici là.
           *[other] Des copies de leurs messages sont conservées jusqu’au { $day } inclus : pour en recevoir une, répondez à ce message d’ici là.
        }

## Commandes

# .subject : $what : des boîtes nouvelles (accounts), prolongées (extension), rouvertes (reopening)
# .partly : Quand certaines de ses $ordered boîtes ont pris fin entre-temps ; $count fonctionnent
# .was-carried-out : Quand ses boîtes ne fonctionnent plus au moment de l’envoi ; $queued : le jour
order-confirmed =
    .subject =
        { $what ->
            [extension] Commande n° { $order } : une boîte e-mail prolongée
            [reopening] Commande n° { $order } : une boîte e-mail rouverte
           *[accounts]
                { $count ->
                    [0] Commande n° { $order } exécutée
                    [one] Commande n° { $order } : votre nouvelle boîte e-mail
                   *[other] Commande n° { $order } : vos { $count } nouvelles boîtes e-mail
                }
        }
    .subject-partly = Commande n° { $order } exécutée
    .happened =
        { $what ->
            [extension] Votre commande n° { $order } est exécutée : une boîte e-mail de la plateforme { $platform } est prolongée.
            [reopening] Votre commande n° { $order } est exécutée : une boîte e-mail de la plateforme { $platform } fonctionne à nouveau.
           *[accounts]
                { $count ->
                    [one] Votre commande n° { $order } est exécutée : une nouvelle boîte e-mail est prête sur la plateforme { $platform }.
                   *[other] Votre commande n° { $order } est exécutée : { $count } nouvelles boîtes e-mail sont prêtes sur la plateforme { $platform }.
                }
        }
    .partly =
        { $count ->
            [one] Votre commande n° { $order } de { $ordered } nouvelles boîtes e-mail sur la plateforme { $platform } a été exécutée le { $queued }. L’une d’elles fonctionne encore aujourd’hui.
           *[other] Votre commande n° { $order } de { $ordered } nouvelles boîtes e-mail sur la plateforme { $platform } a été exécutée le { $queued }. { $count } d’entre elles fonctionnent encore aujourd’hui.
        }
    .was-carried-out = Votre commande n° { $order } a été exécutée le { $queued }.
    .billed = La facture { $invoice } a été débitée de votre compte prépayé.
    .configure = Pour utiliser une boîte sans adresse, répondez-nous en indiquant l’adresse souhaitée.

# .subject : $day : le dernier jour de sa validité
# .covered : $balance : le solde prépayé, qui suffit
# .part : $amount : ce qui est déjà venu pour elle
order-awaiting-payment =
    .subject = Commande n° { $order } : { $amount } à payer au plus tard le { $day }
    .happened =
        { $what ->
            [prepaid-credit] Merci pour votre commande n° { $order } : un crédit de { $amount } sur votre compte prépayé. Il sera ajouté dès réception de votre paiement.
            [extension] Merci pour votre commande n° { $order } : la prolongation d’une boîte e-mail de la plateforme { $platform }. Elle prendra effet dès réception de votre paiement.
            [reopening] Merci pour votre commande n° { $order } : la réouverture d’une boîte e-mail de la plateforme { $platform }. Elle prendra effet dès réception de votre paiement.
           *[accounts]
                { $count ->
                    [one] Merci pour votre commande n° { $order } : une nouvelle boîte e-mail sur la plateforme { $platform }. Elle prendra effet dès réception de votre paiement.
                   *[other] Merci pour votre commande n° { $order } : { $count } nouvelles boîtes e-mail sur la plateforme { $platform }. Elle prendra effet dès réception de votre paiement.
                }
        }
    .next = La commande est valable jusqu’au { $day } inclus. Sans paiement d’ici là, elle sera annulée et rien ne sera facturé.
    .part = Vous avez déjà versé { $amount } pour cette commande. Il ne manque plus que le reste.
    .covered = Votre solde prépayé de { $balance } suffit : répondez à ce message et nous en débiterons ce montant.

# .happened : $ordered : le jour de la commande ; $day : le dernier jour de sa validité
# .subject-kept : si de l’argent est venu pour elle ; .paid au lieu de .happened s’il y était en entier.
# .kept : $amount : ce qui est venu pour elle
order-expired =
    .subject = Commande n° { $order } annulée : non payée à temps
    .subject-kept = Commande n° { $order } annulée : votre paiement est sur votre compte prépayé
    .happened = Votre commande n° { $order } du { $ordered }, d’un montant de { $amount }, devait être payée au plus tard le { $day }. Ce délai étant passé, elle a été annulée. Rien n’a été facturé.
    .paid = Votre commande n° { $order } du { $ordered }, d’un montant de { $amount }, a bien été payée, mais nous n’avons pas pu l’exécuter. Elle a été annulée. Rien n’a été facturé.
    .kept = Les { $amount } que vous avez versés pour cette commande ont été crédités sur votre compte prépayé. Répondez à ce message si vous souhaitez un remboursement.
    .do = Si vous la souhaitez toujours, passez simplement une nouvelle commande ou répondez à ce message.

## Factures et argent

invoice-issued =
    .subject = Facture { $invoice } : { $amount }
    .happened =
        { $count ->
            [one] Une de vos boîtes e-mail a été renouvelée. La facture { $invoice } de { $amount } a été débitée de votre compte prépayé.
           *[other] { $count } de vos boîtes e-mail ont été renouvelées. La facture { $invoice } de { $amount } a été débitée de votre compte prépayé.
        }
    .lines = Ce qui est facturé (hors taxes)

# .happened : $what : la facture entière (whole), ce qui en restait (rest) ou une partie (part) ;
#   $day et $amount : ceux de la facture
# .next : $amount : ce que l’avoir rend, taxes comprises
credit-note-issued =
    .subject = Avoir { $invoice } : { $amount }
    .happened =
        { $what ->
            [whole] L’avoir { $note } annule en totalité la facture { $invoice } du { $day }, d’un montant de { $amount }.
            [rest] L’avoir { $note } annule ce qui restait de la facture { $invoice } du { $day }, d’un montant de { $amount }. Toute la facture est maintenant annulée.
           *[part] L’avoir { $note } annule une partie de la facture { $invoice } du { $day }, d’un montant de { $amount }. Le reste de la facture est inchangé.
        }
    .lines = Ce qui est crédité (hors taxes)
    .next = La facture a été débitée de votre compte prépayé ; l’avoir, d’un montant de { $amount }, y a été crédité.
    .nothing = Vous n’avez rien à faire.
    .short = Il manque encore { $amount } sur votre compte prépayé.

# .subject : $day : le dernier jour pour payer
# .subject-undated : Quand aucun jour n’est fixé.
# .subject-overdue : Quand le jour est passé au moment de l’envoi.
debt-opened =
    .subject = Compte prépayé : { $amount } à régler au plus tard le { $day }
    .subject-undated = Compte prépayé : { $amount } à régler
    .subject-overdue = Compte prépayé : { $amount } à régler, échéance passée le { $day }
    .happened = Le solde de votre compte prépayé est négatif : il manque { $amount }.
    .next = Merci de régler cette somme au plus tard le { $day }. Passé ce délai, les boîtes e-mail qui figurent sur des factures impayées seront suspendues.
    .ways = Trois possibilités s’offrent à vous
    .way-method = Indiquez-nous un moyen de paiement (prélèvement, carte ou PayPal) : la somme manquante sera prélevée aussitôt. N’envoyez jamais un numéro de carte par e-mail.
    .way-order = Payez la commande n° { $order }, établie exactement pour la somme manquante.
    .way-credit = Créditez votre compte prépayé, à partir de { $amount } : ce qui dépasse la somme manquante restera disponible pour vos prochains renouvellements.

debt-reminder =
    .subject = Rappel : { $amount } à régler au plus tard le { $day }
    .happened = Il manque toujours { $amount } sur votre compte prépayé. Le dernier jour pour payer est le { $day }.
    .next = Passé ce délai, les boîtes e-mail qui figurent sur des factures impayées seront suspendues : elles ne permettront plus de lire ni d’envoyer de messages.
    .crossed = Si vous avez payé entre-temps, ne tenez pas compte de ce message.

debt-settled =
    .subject = Compte prépayé à jour : merci
    .happened = Votre compte prépayé est à jour ; la commande n° { $order } est close. Merci.
    .next = Aucune boîte e-mail n’est plus suspendue en raison d’une somme manquante. Vous n’avez rien d’autre à faire.

# .some-method : Quand le moyen de paiement n’est plus connu.
payment-failed =
    .subject = Nous n’avons pas pu prélever { $amount }
    .subject-returned = Votre paiement de { $amount } a été rejeté
    .happened = Nous n’avons pas pu prélever { $amount } via { $method }.
    .returned = Votre paiement de { $amount } via { $method } avait été encaissé, puis il nous a été repris. La somme n’est donc pas payée.
    .expired = Votre carte { $method } a expiré : nous n’avons pas pu prélever { $amount }.
    .some-method = votre moyen de paiement
    .again = Nous ferons une nouvelle tentative le { $day }. Merci de veiller d’ici là à ce que le paiement puisse aboutir.
    .enough = Si cette tentative réussit, vous n’avez rien d’autre à faire.
    .last = Nous ne ferons pas d’autre tentative de nous-mêmes.
    .due = Merci de régler cette somme au plus tard le { $day }. Passé ce délai, les boîtes e-mail qui figurent sur des factures impayées seront suspendues.
    .do = Vous pouvez aussi nous indiquer un autre moyen de paiement : répondez à ce message. N’envoyez jamais un numéro de carte par e-mail.

debit-coming =
    .subject = Prélèvement de { $amount } à venir
    .happened = Nous allons prélever { $amount } pour votre compte prépayé, comme votre mandat nous y autorise.
    .do = Veillez à ce que le compte soit approvisionné d’ici là. Vous n’avez rien d’autre à faire. En cas d’erreur, répondez à ce message avant ce jour.

# .subject : $month : le dernier mois de la carte, comme mars 2026
card-expiring =
    .subject = Votre carte { $method } expire fin { $month }
    .happened = Votre carte { $method } peut être débitée jusqu’à fin { $month }.
    .next = Ensuite, nous ne pourrons plus prélever vos factures par ce moyen : seul votre compte prépayé les réglera.
    .do = Merci de nous indiquer d’ici là une nouvelle carte ou un autre moyen de paiement : répondez à ce message, nous vous dirons comment faire. N’envoyez jamais un numéro de carte par e-mail.

balance-low =
    .subject = Solde prépayé de { $amount } : sous votre seuil d’alerte
    .happened = Le solde de votre compte prépayé est descendu à { $amount }, sous votre seuil d’alerte.
    .do = En créditant votre compte à temps, vous assurez vos prochains renouvellements.

## Boîtes e-mail

# .happened : $queued : le jour de la suspension
accounts-suspended =
    .subject =
        { $count ->
            [one] Une boîte e-mail suspendue : suppression le { $day }
           *[other]
                { $dates ->
                    [one] { $count } boîtes e-mail suspendues : suppression le { $day }
                   *[other] { $count } boîtes e-mail suspendues : suppression à partir du { $day }
                }
        }
    .happened =
        { $count ->
            [one] Le { $queued }, une de vos boîtes e-mail a été suspendue.
           *[other] Le { $queued }, { $count } de vos boîtes e-mail ont été suspendues.
        }
    .effect =
        { $count ->
            [one] Elle ne permet plus de lire ni d’envoyer de messages.
           *[other] Elles ne permettent plus de lire ni d’envoyer de messages.
        }

# .catch-up : Au-dessus de celles dont la période s’est terminée entre-temps ; $day : son dernier jour
accounts-reopened =
    .subject =
        { $count ->
            [one] Une boîte e-mail fonctionne à nouveau
           *[other] { $count } boîtes e-mail fonctionnent à nouveau
        }
    .subject-under-way =
        { $count ->
            [one] Une boîte e-mail est en cours de réouverture
           *[other] { $count } boîtes e-mail sont en cours de réouverture
        }
    .happened =
        { $count ->
            [one] Depuis le { $queued }, une de vos boîtes e-mail suspendues fonctionne à nouveau.
           *[other] Depuis le { $queued }, { $count } de vos boîtes e-mail suspendues fonctionnent à nouveau.
        }
    .under-way =
        { $count ->
            [one] Une de vos boîtes e-mail est en cours de réouverture : nous y travaillons, et elle fonctionnera bientôt à nouveau.
           *[other] { $count } de vos boîtes e-mail sont en cours de réouverture : nous y travaillons, et elles fonctionneront bientôt à nouveau.
        }
    .catch-up = Période terminée le { $day } : renouvellement avec la prochaine facture
    .ended = Période payée terminée le { $day } : suspension imminente
    .keep = Ce qui est arrivé à échéance ne se renouvelle pas tout seul. Pour le conserver, répondez sans attendre à ce message : nous le prolongerons et facturerons le temps écoulé depuis l’échéance.
    .next = Vous n’avez rien à faire.

# .subject : $dates : le nombre de dates ; $day est alors la première
# .short : $amount : ce qui manque, taxes comprises
renewal-coming =
    .subject =
        { $count ->
            [one] Renouvellement d’une boîte e-mail le { $day }
           *[other]
                { $dates ->
                    [one] Renouvellement de { $count } boîtes e-mail le { $day }
                   *[other] Renouvellement de { $count } boîtes e-mail à partir du { $day }
                }
        }
    .happened =
        { $count ->
            [one] Le { $day }, une de vos boîtes e-mail sera renouvelée pour un an.
           *[other]
                { $dates ->
                    [one] Le { $day }, { $count } de vos boîtes e-mail seront renouvelées pour un an.
                   *[other] À partir du { $day }, { $count } de vos boîtes e-mail seront renouvelées pour un an, chacune à sa date.
                }
        }
    .lines = Ce qui sera facturé (hors taxes, TVA en sus le cas échéant)
    .covered = Votre solde prépayé suffit, TVA comprise : vous n’avez rien à faire.
    .collected = Ce que votre solde prépayé ne couvre pas sera prélevé via { $method } : vous n’avez rien à faire.
    .short = Votre solde prépayé ne suffit pas : il manque { $amount }, TVA comprise. Merci de créditer votre compte avant le { $day } ou de nous indiquer un moyen de paiement.
    .do = Si vous ne souhaitez pas ce renouvellement, répondez à ce message avant le { $day }.

price-changed =
    .subject =
        { $dates ->
            [one] Nouveau prix de votre renouvellement du { $day }
           *[other] Nouveau prix de vos renouvellements à partir du { $day }
        }
    .happened =
        { $count ->
            [one] Le prix du renouvellement que nous vous avons annoncé pour une de vos boîtes e-mail, le { $day }, a changé. Voici ce qu’il coûtera désormais.
           *[other]
                { $dates ->
                    [one] Le prix du renouvellement que nous vous avons annoncé pour { $count } de vos boîtes e-mail, le { $day }, a changé. Voici ce qu’il coûtera désormais.
                   *[other] Le prix des renouvellements que nous vous avons annoncés pour { $count } de vos boîtes e-mail, à partir du { $day }, a changé. Voici ce qu’ils coûteront désormais.
                }
        }

# .happened : $last : le dernier jour payé ; $day, le lendemain : la suspension
expiry-coming =
    .subject =
        { $count ->
            [one] Une boîte e-mail ne sera pas renouvelée : suspension le { $day }
           *[other]
                { $dates ->
                    [one] { $count } boîtes e-mail ne seront pas renouvelées : suspension le { $day }
                   *[other] { $count } boîtes e-mail ne seront pas renouvelées : suspension à partir du { $day }
                }
        }
    .happened =
        { $count ->
            [one] La période payée d’une de vos boîtes e-mail se termine le { $last }. Elle ne sera pas renouvelée automatiquement.
           *[other]
                { $dates ->
                    [one] La période payée de { $count } de vos boîtes e-mail se termine le { $last }. Elles ne seront pas renouvelées automatiquement.
                   *[other] La période payée de { $count } de vos boîtes e-mail se termine à partir du { $last }, pour chacune à sa date. Elles ne seront pas renouvelées automatiquement.
                }
        }
    .next =
        { $count ->
            [one] Le { $day }, elle sera suspendue : elle ne permettra plus de lire ni d’envoyer de messages. Elle sera ensuite supprimée ; nous vous indiquerons le jour de la suppression.
           *[other] À son échéance, chaque boîte sera suspendue : elle ne permettra plus de lire ni d’envoyer de messages. Elle sera ensuite supprimée ; nous vous indiquerons le jour de la suppression.
        }
    .next-blank =
        { $count ->
            [one] Le { $day }, elle sera suspendue. Elle sera ensuite supprimée ; nous vous indiquerons le jour de la suppression.
           *[other] À son échéance, chaque boîte sera suspendue. Elle sera ensuite supprimée ; nous vous indiquerons le jour de la suppression.
        }
    .keep =
        { $count ->
            [one] Pour la conserver, répondez à ce message avant cette échéance.
           *[other] Pour les conserver, répondez à ce message avant leur échéance.
        }
    .export = Sinon, exportez d’ici là les messages que vous souhaitez garder.

deletion-coming =
    .subject =
        { $count ->
            [one] Une boîte e-mail sera supprimée le { $day }
           *[other]
                { $dates ->
                    [one] { $count } boîtes e-mail seront supprimées le { $day }
                   *[other] { $count } boîtes e-mail seront supprimées à partir du { $day }
                }
        }
    .happened =
        { $count ->
            [one] Le { $day }, une de vos boîtes e-mail suspendues sera supprimée, avec tous ses messages.
           *[other]
                { $dates ->
                    [one] Le { $day }, { $count } de vos boîtes e-mail suspendues seront supprimées, avec tous leurs messages.
                   *[other] À partir du { $day }, { $count } de vos boîtes e-mail suspendues seront supprimées, chacune à sa date, avec tous leurs messages.
                }
        }

# .free : $count : celles qui avaient une adresse
accounts-deleted =
    .subject =
        { $count ->
            [one] Une boîte e-mail supprimée
           *[other] { $count } boîtes e-mail supprimées
        }
    .happened =
        { $count ->
            [one] Le { $queued }, une de vos boîtes e-mail a été supprimée, avec tous ses messages. C’est irréversible.
           *[other] Le { $queued }, { $count } de vos boîtes e-mail ont été supprimées, avec tous leurs messages. C’est irréversible.
        }
    .next =
        { $count ->
            [one] Elle ne sera plus facturée.
           *[other] Elles ne seront plus facturées.
        }
    .free =
        { $count ->
            [one] Vous pouvez réutiliser l’adresse pour une nouvelle boîte.
           *[other] Vous pouvez réutiliser les adresses pour de nouvelles boîtes.
        }

## Plateformes

cancel-recorded =
    .subject = Plateforme { $platform } : résiliation enregistrée
    .happened =
        { $count ->
            [0] Le { $queued }, la résiliation de la plateforme { $platform } a été enregistrée. Elle n’a plus de boîte e-mail et est fermée.
            [one] Le { $queued }, la résiliation de la plateforme { $platform } a été enregistrée. Sa boîte e-mail ne sera plus renouvelée.
           *[other] Le { $queued }, la résiliation de la plateforme { $platform } a été enregistrée. Ses { $count } boîtes e-mail ne seront plus renouvelées : chacune prendra fin à sa propre date.
        }
    .next =
        { $count ->
            [one] À son échéance, elle sera suspendue, puis supprimée.
           *[other] À son échéance, chaque boîte sera suspendue, puis supprimée.
        }
    .export = Merci d’exporter auparavant les messages que vous souhaitez garder.
    .undo = Vous avez changé d’avis ? Tant que la plateforme a des boîtes e-mail, la résiliation peut être annulée : répondez à ce message.

# .suspended : $count : celles qui étaient déjà suspendues, leur période étant terminée
cancel-undone =
    .subject = Plateforme { $platform } : résiliation annulée
    .happened =
        { $count ->
            [0] Le { $queued }, la résiliation de la plateforme { $platform } a été annulée.
            [one] Le { $queued }, la résiliation de la plateforme { $platform } a été annulée. Sa boîte e-mail a retrouvé le mode de renouvellement qu’elle avait auparavant.
           *[other] Le { $queued }, la résiliation de la plateforme { $platform } a été annulée. Ses { $count } boîtes e-mail ont retrouvé le mode de renouvellement qu’elles avaient auparavant.
        }
    .suspended =
        { $count ->
            [one] Une boîte reste suspendue, car sa période payée est terminée. Si vous souhaitez la faire rouvrir, répondez à ce message.
           *[other] { $count } boîtes restent suspendues, car leur période payée est terminée. Si vous souhaitez les faire rouvrir, répondez à ce message.
        }

# .code-blank : Quand aucune boîte n’a d’adresse, et qu’il n’y a donc aucun message.
# .hidden : À la place du code, dans la copie conservée.
delete-token =
    .subject = Plateforme { $platform } : code pour confirmer sa suppression
    .happened =
        { $count ->
            [0] On nous a demandé de supprimer immédiatement la plateforme { $platform }.
            [one] On nous a demandé de supprimer immédiatement la plateforme { $platform }, avec sa boîte e-mail et tous les messages qu’elle contient. Rien ne sera remboursé et c’est irréversible.
           *[other] On nous a demandé de supprimer immédiatement la plateforme { $platform }, avec ses { $count } boîtes e-mail et tous les messages qu’elles contiennent. Rien ne sera remboursé et c’est irréversible.
        }
    .code = Si c’est bien ce que vous voulez, exportez d’abord les messages que vous souhaitez garder, puis envoyez-nous ce code en réponse à ce message :
    .code-blank = Si c’est bien ce que vous voulez, envoyez-nous ce code en réponse à ce message :
    .hidden = (le code figure uniquement dans l’e-mail)
    .valid = Le code est valable jusqu’au { $day } inclus. Ne le donnez à personne d’autre.
    .refuse = Si ce n’est pas ce que vous voulez, ne faites rien : sans le code, rien ne sera supprimé.

delete-confirmed =
    .subject = Plateforme { $platform } supprimée
    .happened =
        { $count ->
            [0] Comme vous l’avez confirmé, la plateforme { $platform } a été supprimée le { $queued }.
            [one] Comme vous l’avez confirmé, la plateforme { $platform } a été supprimée le { $queued }, avec sa boîte e-mail et tous les messages qu’elle contenait.
           *[other] Comme vous l’avez confirmé, la plateforme { $platform } a été supprimée le { $queued }, avec ses { $count } boîtes e-mail et tous les messages qu’elles contenaient.
        }
    .next = La plateforme ne sera plus facturée. Ce qui a déjà été payé n’est pas remboursé, et les messages ne peuvent pas être restaurés.
    .next-copied = La plateforme ne sera plus facturée. Ce qui a déjà été payé n’est pas remboursé.

## What an administrator sends to try the mail server.

test =
    .subject = Message d’essai
    .works = Ceci est un message d’essai : les e-mails de service partent par ce serveur.
    .nothing = Vous n’avez rien à faire.
