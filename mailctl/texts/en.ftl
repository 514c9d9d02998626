### The service e-mails in English (as written in Great Britain).
###
### One message for each kind of notice; its attributes are the subject and the paragraphs. Each
### mail has one idea: what happened, what happens next and when, what the reader can do.
### The other languages have the same messages, the same attributes and the same placeholders.
### Names after a dollar sign are filled in: dates and amounts come written out in the language.
###
### Placeholders that many texts share:
###   $count     how many mailboxes (a number: choose the plural by it)
###   $day       the day that the text is about, $amount  the amount that it is about
###   $order     the number of an order, $invoice  of an invoice
###   $platform  the name of the platform, $method  a payment method, masked ("Visa …4242")

## The frame of every letter.
##   $name and $customer: the customer's name and short name
##   $contact: the seller's e-mail address; $label and $value: a line such as "Total: €4.79"

# .attached: $kind: page (a PDF) or data (XML alone); $count: how many; $files: their names
frame =
    .greeting = Hello,
    .closing = Kind regards,
    .team = Customer service
    .questions = Questions? Reply to this message or write to { $contact }.
    .about = This message concerns the customer account { $name } ({ $customer }).
    .figure = { $label }: { $value }
    .heading = { $text }:
    .attached =
        { $kind ->
            [page]
                { $count ->
                    [one] The document is attached: { $files }.
                   *[other] The documents are attached: { $files }.
                }
           *[data]
                { $count ->
                    [one] The document is attached, as a file for accounting programs: { $files }.
                   *[other] The documents are attached, as files for accounting programs: { $files }.
                }
        }

## What stands before a figure.

# .tax-at: $rate: as 20%
label =
    .amount = Amount
    .balance = Prepaid balance today
    .beneficiary = Payee
    .credit-date = Date of the credit note
    .creditor = Creditor identifier
    .debit-day = Debited on this day at the earliest
    .due = To be paid by
    .iban = IBAN
    .invoice-date = Invoice date
    .mandate = Mandate reference
    .missing = Outstanding today
    .net = Net
    .reference = Payment reference
    .tax = VAT
    .tax-at = VAT ({ $rate })
    .threshold = Your alert threshold
    .total = Total
    .until = Billed in total by { $day }, VAT included

## Headings over mailboxes, and what stands for those that have no address.

# .all: Over all mailboxes, without a date.
# .expiry: $day: the last day of the term
# .billed, .credited: $first: without its year where the last day has the same; one day: .billed-day
# .line: $offer: what is subscribed; $amount: net, for all of them
accounts =
    .expiry = Runs until { $day }
    .billed = Billed from { $first } to { $last }
    .billed-day = Billed for { $last }
    .credited = Credited from { $first } to { $last }
    .credited-day = Credited for { $last }
    .renewal = Renewal on { $day }
    .suspension = Suspension on { $day }
    .deletion = Deletion on { $day }
    .all = Mailboxes concerned
    .blank =
        { $count ->
            [one] one mailbox without an address ({ $platform })
           *[other] { $count } mailboxes without an address ({ $platform })
        }
    .line =
        { $period ->
            [yearly] { $count } × { $offer }, 1 year: { $amount }
           *[monthly] { $count } × { $offer }, 1 month: { $amount }
        }

## How an invoice stands, and how to pay. Used by several kinds.

# .reverse-charge, .outside: Why there is no VAT: the buyer owes it, or is outside the EU.
# .open-overdue, .overdue: Where $day is past when the message is sent.
# .credited: $amount: what credit notes have taken back of an invoice so far, with tax
bill =
    .reverse-charge = Reverse charge: the VAT is yours to account for (Directive 2006/112/EC, articles 44 and 196).
    .outside = Outside the scope of EU VAT (Directive 2006/112/EC, articles 44 and 59).
    .not-applied = VAT does not apply where you are (French Code général des impôts, article 294, 1).
    .credited = { $amount } of it has been credited back to your prepaid account since, VAT included.
    .paid = It is paid from your prepaid balance: you do not need to do anything.
    .collected = What your prepaid balance does not cover is being collected through { $method }: you do not need to do anything.
    .rest-collected = What is missing is being collected through { $method }: you do not need to do anything else.
    .open = Your prepaid balance does not cover it: your account is { $amount } short. Please pay by { $day } at the latest.
    .open-overdue = Your prepaid balance does not cover it: your account is { $amount } short. The last day to pay was { $day }: please pay now.
    .pay-by = Please pay by { $day } at the latest.
    .overdue = The last day to pay was { $day }. Please pay now: until you do, the mailboxes on unpaid invoices are suspended.
    .part-overdue = Part of it is already overdue: the mailboxes on overdue invoices are suspended until it is paid.

# .reference-customer: What the bank transfer says it is for.
pay =
    .transfer = You can pay by bank transfer:
    .ask = Reply to this message and we will tell you how to pay.
    .reference-customer = Customer { $customer }

# .announced: $method: the bank account, masked; the figures follow.
debit =
    .announced = By SEPA direct debit from your account { $method }:

## Invoices and credit notes as pages.

# .corrects: $number: the invoice that the credit note corrects; $day: its date
# .term, .term-day: the term of a mailbox; $first: without its year where the last day has the same
# .unit, .net: $currency: as EUR
# .page: $page of $pages
document =
    .invoice = Invoice
    .credit-note = Credit note
    .credit-date = Date
    .buyer-reference = Your reference
    .order = Order
    .buyer-vat = Your VAT number
    .buyer-id =
        { $register ->
           *[other] Your company number
            [SIREN] Your SIREN
            [SIRET] Your SIRET
        }
    .vat = VAT number
    .company-id =
        { $register ->
           *[other] Company number
            [SIREN] SIREN
            [SIRET] SIRET
        }
    .phone = Telephone
    .corrects = Corrects invoice { $number } of { $day }.
    .reason = Reason: { $text }
    .position = No.
    .service = Service
    .period = Period
    .quantity = Qty
    .unit = Unit price ({ $currency })
    .net = Net ({ $currency })
    .term = { $first } to { $last }
    .term-day = on { $last }
    .carried = Carried forward
    .brought = Brought forward
    .base = Net
    .tax = Amount of VAT
    .reverse-charge = Reverse charge
    .outside = Not subject to VAT
    .prepaid = Paid from your prepaid account
    .open = Amount due
    .returned = To your prepaid account
    .page = Page { $page } of { $pages }

# .scan: Beside a QR code.
# .collected, .collected-after: $method: masked; $day: the first on which the money can be taken
settling =
    .title = Payment
    .paid = Paid in full from your prepaid account. Nothing is due.
    .nothing = Nothing is due.
    .credited = { $amount } is credited to your prepaid account.
    .transfer = Please pay { $amount } by bank transfer.
    .transfer-by = Please pay { $amount } by bank transfer, by { $day } at the latest.
    .collected = { $amount } is collected through { $method }. You do not need to do anything.
    .collected-after = { $amount } is collected through { $method }, on { $day } at the earliest. You do not need to do anything.
    .ask = Please pay { $amount }.
    .ask-by = Please pay { $amount } by { $day } at the latest.
    .bic = BIC
    .bank = Bank
    .reference = Payment reference
    .scan = Scan with your banking app

## Mailboxes that are suspended: why, and how to get them back.
## Used by accounts-suspended and deletion-coming.

suspended =
    .expired = Paid term ended, deletion on { $day }
    .debt = Invoice overdue, deletion on { $day }
    .reopen =
        { $count ->
            [one] If you want to keep the mailbox whose paid term has ended, reply to this message before { $day }. We will reopen it and bill the time since its expiry.
           *[other] If you want to keep the mailboxes whose paid term has ended, reply to this message before { $day }. We will reopen them and bill the time since their expiry.
        }
    .pay =
        { $count ->
            [one] The mailbox suspended because of an overdue invoice will work again as soon as the outstanding { $amount } has been paid. Please pay before { $day }.
           *[other] The mailboxes suspended because of an overdue invoice will work again as soon as the outstanding { $amount } has been paid. Please pay before { $day }.
        }
    .final = Deletion is final: what has not been exported by then is lost.

## Copies of mailboxes that are deleted, where the host keeps them. $days: how long.

copies =
    .coming =
        { $count ->
            [one] Before the mailbox is deleted, its mail is copied.
           *[other] Before a mailbox is deleted, its mail is copied.
        } { $days ->
            [one] The copy is kept for one day after the deletion. To receive it, reply to this message by then.
           *[other] The copy is kept for { $days } days after the deletion. To receive it, reply to this message by then.
        }
    .until =
        { $count ->
            [one] Before the mailbox is deleted, its mail is copied. The copy is kept up to and including { $day }: to receive it, reply to this message by then.
           *[other] Before the mailboxes are deleted, their mail is copied. The copies are kept up to and including { $day }: to receive one, reply to this message by then.
        }
    .kept =
        { $count ->
            [one] A copy of its mail is kept up to and including { $day }: to receive it, reply to this message by then.
           *[other] Copies of their mail are kept up to and including { $day }: to receive one, reply to this message by then.
        }

## Orders

# .subject: $what: new mailboxes (accounts), extended (extension), or reopened (reopening)
# .partly: Where some of its $ordered mailboxes have ended by then; $count work
# .was-carried-out: Where its mailboxes no longer work when the message is sent; $queued: the day
order-confirmed =
    .subject =
        { $what ->
            [extension] Order { $order }: one mailbox extended
            [reopening] Order { $order }: one mailbox reopened
           *[accounts]
                { $count ->
                    [0] Order { $order } carried out
                    [one] Order { $order }: your new mailbox
                   *[other] Order { $order }: your { $count } new mailboxes
                }
        }
    .subject-partly = Order { $order } carried out
    .happened =
        { $what ->
            [extension] Your order { $order } has been carried out: a mailbox on the platform { $platform } has been extended.
            [reopening] Your order { $order } has been carried out: a mailbox on the platform { $platform } works again.
           *[accounts]
                { $count ->
                    [one] Your order { $order } has been carried out: a new mailbox is ready on the platform { $platform }.
                   *[other] Your order { $order } has been carried out: { $count } new mailboxes are ready on the platform { $platform }.
                }
        }
    .partly =
        { $count ->
            [one] Your order { $order } for { $ordered } new mailboxes on the platform { $platform } was carried out on { $queued }. One of them still works today.
           *[other] Your order { $order } for { $ordered } new mailboxes on the platform { $platform } was carried out on { $queued }. { $count } of them still work today.
        }
    .was-carried-out = Your order { $order } was carried out on { $queued }.
    .billed = Invoice { $invoice } has been debited from your prepaid account.
    .configure = To use a mailbox without an address, reply with the address you would like.

# .subject: $day: the last day of its validity
# .covered: $balance: the prepaid balance, which is enough
# .part: $amount: what has come for it already
order-awaiting-payment =
    .subject = Order { $order }: { $amount } to pay by { $day }
    .happened =
        { $what ->
            [prepaid-credit] Thank you for your order { $order }: a credit of { $amount } to your prepaid account. It will be added as soon as it is paid.
            [extension] Thank you for your order { $order }: the extension of a mailbox on the platform { $platform }. It will take effect as soon as it is paid.
            [reopening] Thank you for your order { $order }: the reopening of a mailbox on the platform { $platform }. It will take effect as soon as it is paid.
           *[accounts]
                { $count ->
                    [one] Thank you for your order { $order }: a new mailbox on the platform { $platform }. It will take effect as soon as it is paid.
                   *[other] Thank you for your order { $order }: { $count } new mailboxes on the platform { $platform }. It will take effect as soon as it is paid.
                }
        }
    .next = The order is valid up to and including { $day }. If it is not paid by then, it will be cancelled and nothing will be billed.
    .part = You have already paid { $amount } for it. Only the rest is missing.
    .covered = Your prepaid balance of { $balance } covers it: reply to this message and we will debit it from there.

# .happened: $ordered: the day of the order; $day: the last day of its validity
# .subject-kept: Where money for it had come; .paid instead of .happened where all of it had.
# .kept: $amount: what had come for it
order-expired =
    .subject = Order { $order } cancelled: not paid in time
    .subject-kept = Order { $order } cancelled: your payment is on your prepaid account
    .happened = Your order { $order } of { $ordered } for { $amount } was to be paid by { $day }. As it was not, it has been cancelled. Nothing has been billed.
    .paid = Your order { $order } of { $ordered } for { $amount } was paid, but we could not carry it out. It has been cancelled. Nothing has been billed.
    .kept = The { $amount } that you paid for it has been credited to your prepaid account. Reply to this message if you would like it back.
    .do = If you still want it, simply order again, or reply to this message.

## Invoices and money

invoice-issued =
    .subject = Invoice { $invoice }: { $amount }
    .happened =
        { $count ->
            [one] One of your mailboxes has been renewed. Invoice { $invoice } for { $amount } has been debited from your prepaid account.
           *[other] { $count } of your mailboxes have been renewed. Invoice { $invoice } for { $amount } has been debited from your prepaid account.
        }
    .lines = What is billed (net)

# .happened: $what: the whole invoice (whole), what was left of it (rest), or some of it (part);
#   $day and $amount: the invoice's
# .next: $amount: what the credit note gives back, with tax
credit-note-issued =
    .subject = Credit note { $invoice }: { $amount }
    .happened =
        { $what ->
            [whole] Credit note { $note } cancels the whole of invoice { $invoice } of { $day }, which was for { $amount }.
            [rest] Credit note { $note } cancels what was left of invoice { $invoice } of { $day }, which was for { $amount }. The whole invoice has now been cancelled.
           *[part] Credit note { $note } cancels part of invoice { $invoice } of { $day }, which was for { $amount }. The rest of the invoice stands.
        }
    .lines = What is credited (net)
    .next = The invoice was debited from your prepaid account; the { $amount } of the credit note has been credited back to it.
    .nothing = You do not need to do anything.
    .short = Your prepaid account is still { $amount } short.

# .subject: $day: the last day to pay
# .subject-undated: Where no day is set.
# .subject-overdue: Where the day is past when the message is sent.
debt-opened =
    .subject = Prepaid account { $amount } short: to be paid by { $day }
    .subject-undated = Prepaid account { $amount } short
    .subject-overdue = Prepaid account { $amount } short: was due by { $day }
    .happened = Your prepaid account is { $amount } short.
    .next = Please pay by { $day } at the latest. After that, the mailboxes on unpaid invoices will be suspended.
    .ways = There are three ways to pay
    .way-method = Give us a payment method (direct debit, card or PayPal): the outstanding amount will be collected at once. Please never send a card number by e-mail.
    .way-order = Pay order { $order }, which is for exactly the outstanding amount.
    .way-credit = Add a credit to your prepaid account, from { $amount }; what exceeds the outstanding amount remains available for your next renewals.

debt-reminder =
    .subject = Reminder: { $amount } to be paid by { $day }
    .happened = Your prepaid account is still { $amount } short. The last day to pay is { $day }.
    .next = After that day, the mailboxes on unpaid invoices will be suspended: mail can no longer be read or sent with them.
    .crossed = If you have paid in the meantime, please ignore this message.

debt-settled =
    .subject = Prepaid account settled: thank you
    .happened = Your prepaid account is settled; order { $order } is closed. Thank you.
    .next = No mailbox is suspended because of an outstanding amount any more. You do not need to do anything else.

# .some-method: Where the method is not known any more.
payment-failed =
    .subject = We could not collect { $amount }
    .subject-returned = Your payment of { $amount } was taken back
    .happened = We could not collect { $amount } through { $method }.
    .returned = Your payment of { $amount } through { $method } had been collected, and was taken back afterwards. The amount is therefore not paid.
    .expired = Your card { $method } has expired: we could not collect { $amount }.
    .some-method = your payment method
    .again = We will try again on { $day }. Please make sure by then that the payment can go through.
    .enough = If that attempt succeeds, you do not need to do anything else.
    .last = We will not try again by ourselves.
    .due = Please pay by { $day } at the latest. After that, the mailboxes on unpaid invoices will be suspended.
    .do = You can also give us another payment method: reply to this message. Please never send a card number by e-mail.

debit-coming =
    .subject = Direct debit of { $amount } to come
    .happened = We will collect { $amount } for your prepaid account by direct debit, as your mandate allows.
    .do = Please make sure that there is enough money in the account by then. You do not need to do anything else. If something is wrong, reply to this message before that day.

# .subject: $month: the last month of the card, as March 2026
card-expiring =
    .subject = Your card { $method } expires at the end of { $month }
    .happened = Your card { $method } can be charged until the end of { $month }.
    .next = After that we cannot collect your invoices through it; only your prepaid account will pay them.
    .do = Please give us a new card or another payment method by then: reply to this message and we will tell you how. Please never send a card number by e-mail.

balance-low =
    .subject = Prepaid balance of { $amount }: below your alert threshold
    .happened = The balance of your prepaid account has fallen to { $amount }, below your alert threshold.
    .do = Top up in good time to keep your next renewals covered.

## Mailboxes

# .happened: $queued: the day of the suspension
accounts-suspended =
    .subject =
        { $count ->
            [one] One mailbox suspended: deletion on { $day }
           *[other]
                { $dates ->
                    [one] { $count } mailboxes suspended: deletion on { $day }
                   *[other] { $count } mailboxes suspended: deletion from { $day }
                }
        }
    .happened =
        { $count ->
            [one] On { $queued }, one of your mailboxes was suspended.
           *[other] On { $queued }, { $count } of your mailboxes were suspended.
        }
    .effect =
        { $count ->
            [one] Mail can no longer be read or sent with it.
           *[other] Mail can no longer be read or sent with them.
        }

# .catch-up: Over those whose term has ended meanwhile; $day: its last day
accounts-reopened =
    .subject =
        { $count ->
            [one] One mailbox works again
           *[other] { $count } mailboxes work again
        }
    .subject-under-way =
        { $count ->
            [one] One mailbox is being reopened
           *[other] { $count } mailboxes are being reopened
        }
    .happened =
        { $count ->
            [one] Since { $queued }, one of your suspended mailboxes works again.
           *[other] Since { $queued }, { $count } of your suspended mailboxes work again.
        }
    .under-way =
        { $count ->
            [one] One of your mailboxes is being reopened: we are working on it, and it will soon work again.
           *[other] { $count } of your mailboxes are being reopened: we are working on it, and they will soon work again.
        }
    .catch-up = Term ended on { $day }: renewal with the next invoice
    .ended = Paid term ended on { $day }: about to be suspended again
    .keep = What has ended is not renewed by itself. To keep it, please reply to this message right away: we will extend it and invoice the time since.
    .next = You do not need to do anything.

# .subject: $dates: on how many dates; then $day is the first
# .short: $amount: what is missing with tax
renewal-coming =
    .subject =
        { $count ->
            [one] Renewal of one mailbox on { $day }
           *[other]
                { $dates ->
                    [one] Renewal of { $count } mailboxes on { $day }
                   *[other] Renewal of { $count } mailboxes from { $day }
                }
        }
    .happened =
        { $count ->
            [one] On { $day }, one of your mailboxes will be renewed for a year.
           *[other]
                { $dates ->
                    [one] On { $day }, { $count } of your mailboxes will be renewed for a year.
                   *[other] From { $day } on, { $count } of your mailboxes will be renewed for a year, each on its own date.
                }
        }
    .lines = What will be billed (net, plus VAT where it applies)
    .covered = Your prepaid balance covers it, VAT included: you do not need to do anything.
    .collected = What your prepaid balance does not cover will be collected through { $method }: you do not need to do anything.
    .short = Your prepaid balance does not cover it: { $amount } is missing, VAT included. Please add a credit before { $day }, or give us a payment method.
    .do = If you do not want to renew, reply to this message before { $day }.

# .subject: $dates: on how many dates; then $day is the first
price-changed =
    .subject =
        { $dates ->
            [one] New price of your renewal on { $day }
           *[other] New price of your renewals from { $day }
        }
    .happened =
        { $count ->
            [one] The price of the renewal that we announced for one of your mailboxes, on { $day }, has changed. Below is what it will cost now.
           *[other]
                { $dates ->
                    [one] The price of the renewal that we announced for { $count } of your mailboxes, on { $day }, has changed. Below is what it will cost now.
                   *[other] The price of the renewals that we announced for { $count } of your mailboxes, from { $day } on, has changed. Below is what they will cost now.
                }
        }

# .happened: $last: the last day that is paid for; $day, which follows it: the suspension
expiry-coming =
    .subject =
        { $count ->
            [one] One mailbox will not be renewed: suspension on { $day }
           *[other]
                { $dates ->
                    [one] { $count } mailboxes will not be renewed: suspension on { $day }
                   *[other] { $count } mailboxes will not be renewed: suspension from { $day }
                }
        }
    .happened =
        { $count ->
            [one] The paid term of one of your mailboxes ends on { $last }. It will not be renewed automatically.
           *[other]
                { $dates ->
                    [one] The paid term of { $count } of your mailboxes ends on { $last }. They will not be renewed automatically.
                   *[other] The paid term of { $count } of your mailboxes ends from { $last } on, each on its own date. They will not be renewed automatically.
                }
        }
    .next =
        { $count ->
            [one] On { $day } it will be suspended: mail can no longer be read or sent with it. Later it will be deleted; we will tell you the day.
           *[other] At the end of its term each mailbox will be suspended: mail can no longer be read or sent with it. Later it will be deleted; we will tell you the day.
        }
    .next-blank =
        { $count ->
            [one] On { $day } it will be suspended. Later it will be deleted; we will tell you the day.
           *[other] At the end of its term each mailbox will be suspended. Later it will be deleted; we will tell you the day.
        }
    .keep =
        { $count ->
            [one] If you want to keep it, reply to this message before that day.
           *[other] If you want to keep them, reply to this message before then.
        }
    .export = If not, export the mail that you want to keep before then.

deletion-coming =
    .subject =
        { $count ->
            [one] One mailbox will be deleted on { $day }
           *[other]
                { $dates ->
                    [one] { $count } mailboxes will be deleted on { $day }
                   *[other] { $count } mailboxes will be deleted from { $day }
                }
        }
    .happened =
        { $count ->
            [one] On { $day }, one of your suspended mailboxes will be deleted, with all of its mail.
           *[other]
                { $dates ->
                    [one] On { $day }, { $count } of your suspended mailboxes will be deleted, with all of their mail.
                   *[other] From { $day } on, { $count } of your suspended mailboxes will be deleted, each on its own date, with all of their mail.
                }
        }

# .free: $count: those that had an address
accounts-deleted =
    .subject =
        { $count ->
            [one] One mailbox deleted
           *[other] { $count } mailboxes deleted
        }
    .happened =
        { $count ->
            [one] On { $queued }, one of your mailboxes was deleted, with all of its mail. This cannot be undone.
           *[other] On { $queued }, { $count } of your mailboxes were deleted, with all of their mail. This cannot be undone.
        }
    .next =
        { $count ->
            [one] It will not be billed any more.
           *[other] They will not be billed any more.
        }
    .free =
        { $count ->
            [one] You can use the address again for a new mailbox.
           *[other] You can use the addresses again for new mailboxes.
        }

## Platforms

cancel-recorded =
    .subject = Platform { $platform }: cancellation recorded
    .happened =
        { $count ->
            [0] On { $queued }, the cancellation of the platform { $platform } was recorded. It has no mailbox any more and is closed.
            [one] On { $queued }, the cancellation of the platform { $platform } was recorded. Its mailbox will not be renewed any more.
           *[other] On { $queued }, the cancellation of the platform { $platform } was recorded. Its { $count } mailboxes will not be renewed any more: each ends on its own date.
        }
    .next =
        { $count ->
            [one] At the end of its term it will be suspended, and later deleted.
           *[other] At the end of its term each mailbox will be suspended, and later deleted.
        }
    .export = Please export the mail that you want to keep before then.
    .undo = Have you changed your mind? As long as the platform has mailboxes the cancellation can be undone: reply to this message.

# .suspended: $count: those that were suspended before, because their term had ended
cancel-undone =
    .subject = Platform { $platform }: cancellation undone
    .happened =
        { $count ->
            [0] On { $queued }, the cancellation of the platform { $platform } was undone.
            [one] On { $queued }, the cancellation of the platform { $platform } was undone. The renewal of its mailbox was set back to what it was before.
           *[other] On { $queued }, the cancellation of the platform { $platform } was undone. The renewal of its { $count } mailboxes was set back to what it was before.
        }
    .suspended =
        { $count ->
            [one] One mailbox remains suspended because its paid term has ended. If you want to have it reopened, reply to this message.
           *[other] { $count } mailboxes remain suspended because their paid term has ended. If you want to have them reopened, reply to this message.
        }

# .code-blank: Where no mailbox has an address, so that there is no mail.
# .hidden: In place of the code, in the copy that is kept.
delete-token =
    .subject = Platform { $platform }: code to confirm its deletion
    .happened =
        { $count ->
            [0] We have been asked to delete the platform { $platform } at once.
            [one] We have been asked to delete the platform { $platform } at once, with its mailbox and all of the mail in it. Nothing will be refunded, and it cannot be undone.
           *[other] We have been asked to delete the platform { $platform } at once, with its { $count } mailboxes and all of the mail in them. Nothing will be refunded, and it cannot be undone.
        }
    .code = If this is what you want, export the mail that you want to keep, then send us this code by replying to this message:
    .code-blank = If this is what you want, send us this code by replying to this message:
    .hidden = (the code stands in the e-mail alone)
    .valid = The code is valid up to and including { $day }. Do not give it to anybody else.
    .refuse = If you do not want this, do nothing: without the code nothing is deleted.

delete-confirmed =
    .subject = Platform { $platform } deleted
    .happened =
        { $count ->
            [0] As you confirmed, the platform { $platform } was deleted on { $queued }.
            [one] As you confirmed, the platform { $platform } was deleted on { $queued }, with its mailbox and all of the mail in it.
           *[other] As you confirmed, the platform { $platform } was deleted on { $queued }, with its { $count } mailboxes and all of the mail in them.
        }
    .next = The platform will not be billed any more. What has already been paid is not refunded, and the mail cannot be restored.
    .next-copied = The platform will not be billed any more. What has already been paid is not refunded.

## What an administrator sends to try the mail server.

test =
    .subject = Test message
    .works = This is a test message: service e-mails are sent through this server.
    .nothing = You need to do nothing.
