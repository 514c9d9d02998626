-- The store's tables, as a new store has them.
--
-- Money is integer cents, dates are ISO text (YYYY-MM-DD), instants are ISO text in UTC ending in Z.
-- The database itself refuses what must never be: a term billed twice, a second live account on an
-- address, a change of what is written in the books. Keys are positive: what goes through a table
-- key by key, from 0 on, sees every row.

-- What never changes after `init`. One row.
CREATE TABLE store (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    created_at TEXT NOT NULL,
    clock TEXT NOT NULL CHECK (clock IN ('wall', 'manual')),
    timezone TEXT NOT NULL,
    seller_country TEXT NOT NULL CHECK (length(seller_country) = 2),
    currency TEXT NOT NULL CHECK (length(currency) = 3)
) STRICT;

-- The date that the store has reached: of its last write (wall) or its today (manual). One row.
CREATE TABLE clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    reached_on TEXT NOT NULL,
    last_tick_on TEXT,
    last_tick_at TEXT,
    -- Since when pages of what was erased wait to be overwritten; NULL: nothing waits.
    erasing_since_on TEXT
) STRICT;

-- Where the store is now, if it is not here any more or is a copy: no change is taken then. One row,
-- or none.
CREATE TABLE moved (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    place TEXT NOT NULL,
    -- It was copied from there, and that one is still used.
    is_copy INTEGER NOT NULL CHECK (is_copy IN (0, 1)),
    moved_at TEXT NOT NULL
) STRICT;

-- Settings that differ from their defaults (domain/settings.py names them all).
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who pays. `balance_cents` is the prepaid balance: always the last ledger row's `after_cents`.
CREATE TABLE customer (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    backup_email TEXT,
    phone TEXT,
    street TEXT,
    postcode TEXT,
    city TEXT,
    country TEXT NOT NULL CHECK (length(country) = 2),
    language TEXT NOT NULL CHECK (language IN ('fr', 'de', 'en')),
    vat_number TEXT,
    -- NULL: the setting's days.
    payment_days INTEGER CHECK (payment_days BETWEEN 1 AND 365),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'erased')),
    balance_cents INTEGER NOT NULL DEFAULT 0,
    -- Since when the balance is below 0.
    debt_since_on TEXT,
    -- A notice is due when the balance falls below it; 0 is off.
    alert_cents INTEGER NOT NULL DEFAULT 0 CHECK (alert_cents >= 0),
    -- Until this day no invoice of the customer is overdue.
    grace_until_on TEXT,
    -- Of the shortfall, what was tried to be collected and failed: not collected again until a
    -- payment method is added or chosen.
    uncollected_cents INTEGER NOT NULL DEFAULT 0 CHECK (uncollected_cents >= 0),
    created_on TEXT NOT NULL,
    closed_on TEXT,
    -- Of a business: its number, with the scheme of ISO 6523 before it (`0002:SIREN`), where it
    -- receives structured invoices, with the scheme of the list EAS, and what it wants on them.
    legal_id TEXT,
    endpoint TEXT,
    buyer_reference TEXT,
    -- How documents are sent to it. NULL: the setting's.
    invoice_format TEXT CHECK (
        invoice_format IN ('pdf', 'facturx', 'ubl', 'xrechnung', 'peppol', 'none')
    ),
    CHECK ((debt_since_on IS NULL) = (balance_cents >= 0))
) STRICT;
CREATE UNIQUE INDEX customer_slug ON customer (slug);
CREATE INDEX customer_debtor ON customer (id) WHERE balance_cents < 0;

-- Domains belong to customers, so that a freed address never goes to a stranger.
CREATE TABLE domain (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    name TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    claimed_on TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX domain_name ON domain (name);
CREATE INDEX domain_customer ON domain (customer_id);

-- What can be subscribed. `like_id`: where prices come from until the offer has its own; always an
-- older one, so that nobody who follows them goes round in a circle.
CREATE TABLE offer (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    like_id INTEGER REFERENCES offer (id) CHECK (like_id < id),
    expiry_of TEXT NOT NULL CHECK (expiry_of IN ('account', 'platform')),
    closed_on TEXT
) STRICT;
CREATE UNIQUE INDEX offer_name ON offer (name);

-- Net price of one term, valid from a day until a later row's.
CREATE TABLE price (
    offer_id INTEGER NOT NULL CHECK (offer_id > 0) REFERENCES offer (id),
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    from_on TEXT NOT NULL,
    cents INTEGER NOT NULL CHECK (cents >= 0),
    PRIMARY KEY (offer_id, period, from_on)
) STRICT, WITHOUT ROWID;

-- A price of one customer's own; it comes before the offer's. NULL: from that day there is none.
CREATE TABLE customer_price (
    customer_id INTEGER NOT NULL CHECK (customer_id > 0) REFERENCES customer (id),
    offer_id INTEGER NOT NULL CHECK (offer_id > 0) REFERENCES offer (id),
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    from_on TEXT NOT NULL,
    cents INTEGER CHECK (cents >= 0),
    -- It was not set for this day: another price has its end before it.
    is_end INTEGER NOT NULL DEFAULT 0 CHECK (is_end IN (0, 1)),
    PRIMARY KEY (customer_id, offer_id, period, from_on)
) STRICT, WITHOUT ROWID;

-- Standard rates in hundredths of a percent, valid from a day until a later row's.
CREATE TABLE tax_rate (
    country TEXT NOT NULL CHECK (length(country) = 2),
    from_on TEXT NOT NULL,
    rate INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 9999),
    PRIMARY KEY (country, from_on)
) STRICT, WITHOUT ROWID;

-- One subscribed service of a customer. Rows stay for ever: a name is never used again.
CREATE TABLE platform (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    name TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    offer_id INTEGER NOT NULL REFERENCES offer (id),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'cancelled', 'closed')),
    renewal TEXT NOT NULL DEFAULT 'automatic' CHECK (renewal IN ('automatic', 'manual')),
    created_on TEXT NOT NULL,
    cancelled_on TEXT,
    cancel_reason TEXT,
    cancel_comment TEXT,
    closed_on TEXT,
    CHECK ((closed_on IS NOT NULL) = (state = 'closed')),
    CHECK (state <> 'active' OR cancelled_on IS NULL)
) STRICT;
CREATE UNIQUE INDEX platform_name ON platform (name);
CREATE INDEX platform_customer ON platform (customer_id);
CREATE INDEX platform_cancelled ON platform (id) WHERE state = 'cancelled';
CREATE INDEX platform_manual ON platform (id) WHERE renewal = 'manual';

-- Purchase orders. The total of an open `debt` order is the present shortfall, kept up to date.
CREATE TABLE purchase_order (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    platform_id INTEGER REFERENCES platform (id),
    kind TEXT NOT NULL
        CHECK (kind IN ('accounts', 'extension', 'reopening', 'prepaid-credit', 'debt')),
    status TEXT NOT NULL CHECK (status IN ('not-paid', 'delivered', 'cancelled')),
    ordered_on TEXT NOT NULL,
    paid_on TEXT,
    valid_until_on TEXT,
    net_cents INTEGER NOT NULL CHECK (net_cents >= 0),
    tax_cents INTEGER NOT NULL CHECK (tax_cents >= 0),
    total_cents INTEGER NOT NULL CHECK (total_cents = net_cents + tax_cents),
    ended_on TEXT
) STRICT;
CREATE INDEX order_customer ON purchase_order (customer_id);
CREATE INDEX order_platform ON purchase_order (platform_id) WHERE platform_id IS NOT NULL;
CREATE INDEX order_validity ON purchase_order (valid_until_on) WHERE status = 'not-paid';
-- A debtor has one open debt order, whatever goes wrong.
CREATE UNIQUE INDEX order_open_debt ON purchase_order (customer_id)
    WHERE kind = 'debt' AND status = 'not-paid';

-- One paid mailbox slot. `address` is NULL while it is blank and stays readable after deletion.
CREATE TABLE account (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    platform_id INTEGER NOT NULL REFERENCES platform (id),
    address TEXT,
    domain_id INTEGER REFERENCES domain (id),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'deleted')),
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    renewal TEXT NOT NULL CHECK (renewal IN ('monthly', 'yearly', 'none')),
    -- What `platform resume` gives back; set while the platform is cancelled.
    renewal_before_cancel TEXT CHECK (renewal_before_cancel IN ('monthly', 'yearly', 'none')),
    order_number INTEGER REFERENCES purchase_order (number),
    ordered_on TEXT NOT NULL,
    anchor_day INTEGER NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
    -- The first day that is not paid for.
    expires_on TEXT NOT NULL,
    reset_on TEXT,
    suspended_on TEXT,
    suspended_for TEXT CHECK (suspended_for IN ('expired', 'debt')),
    deletes_on TEXT,
    deleted_on TEXT,
    -- The notice that told of the suspension: while mail is configured it is sent before a deletion.
    suspension_notice_id INTEGER REFERENCES notice (id),
    -- The account's next event, whatever it is: what the tick looks for.
    next_on TEXT GENERATED ALWAYS AS (
        CASE state WHEN 'active' THEN expires_on WHEN 'suspended' THEN deletes_on END
    ) STORED,
    CHECK ((address IS NULL) = (domain_id IS NULL)),
    -- One spelling for each address: `address` is compared as it stands.
    CHECK (address NOT GLOB '*[A-Z]*'),
    CHECK ((deleted_on IS NOT NULL) = (state = 'deleted')),
    CHECK (state = 'deleted' OR (suspended_on IS NOT NULL) = (state = 'suspended')),
    CHECK ((suspended_on IS NULL) = (suspended_for IS NULL)),
    CHECK ((suspended_on IS NULL) = (deletes_on IS NULL))
) STRICT;
-- By the day of deletion, which says the same as the state: a suspension leaves these indexes alone.
CREATE UNIQUE INDEX account_address ON account (address) WHERE deleted_on IS NULL;
CREATE INDEX account_last_address ON account (address)
    WHERE state = 'deleted' AND address IS NOT NULL;
CREATE INDEX account_platform ON account (platform_id, state);
CREATE INDEX account_next ON account (next_on, state) WHERE next_on IS NOT NULL;
CREATE INDEX account_domain ON account (domain_id) WHERE domain_id IS NOT NULL AND deleted_on IS NULL;
-- Most are active: those that are not are found among millions.
CREATE INDEX account_stopped ON account (state, id) WHERE state <> 'active';

-- What a yearly term goes on costing that was announced before its price rose, too late for it.
CREATE TABLE kept_price (
    account_id INTEGER NOT NULL CHECK (account_id > 0) REFERENCES account (id),
    starts_on TEXT NOT NULL,
    cents INTEGER NOT NULL CHECK (cents >= 0),
    PRIMARY KEY (account_id, starts_on)
) STRICT, WITHOUT ROWID;

-- What an order asks for; the account is known once it is delivered.
CREATE TABLE order_line (
    order_number INTEGER NOT NULL CHECK (order_number > 0) REFERENCES purchase_order (number),
    line INTEGER NOT NULL CHECK (line >= 1),
    account_id INTEGER REFERENCES account (id),
    address TEXT,
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    period_start_on TEXT NOT NULL,
    period_end_on TEXT NOT NULL,
    unit_cents INTEGER NOT NULL CHECK (unit_cents >= 0),
    PRIMARY KEY (order_number, line)
) STRICT, WITHOUT ROWID;

-- The seller as documents show them: one row for each state of the settings that was used.
CREATE TABLE seller (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    -- JSON: what identifies and reaches them, their bank and the legal mentions of each language.
    details TEXT NOT NULL,
    -- Base64 of a PNG or JPEG.
    logo TEXT
) STRICT;

-- Documents: invoices (series '') and credit notes (series 'AV'), each numbered without a gap
-- within its year. They are immutable: what changes about an invoice lives in invoice_open.
CREATE TABLE invoice (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    series TEXT NOT NULL CHECK (series IN ('', 'AV')),
    year INTEGER NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 1),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    order_number INTEGER REFERENCES purchase_order (number),
    corrects_id INTEGER REFERENCES invoice (id),
    issued_on TEXT NOT NULL,
    -- As it was issued: invoice_open has what holds now. NULL where seller_id is, and on credit notes.
    due_on TEXT,
    net_cents INTEGER NOT NULL CHECK (net_cents >= 0),
    -- Hundredths of a percent.
    tax_rate INTEGER NOT NULL CHECK (tax_rate >= 0),
    -- Of UNTDID 5305: a rate, reverse charge, outside the tax, a rate of 0.
    tax_category TEXT NOT NULL CHECK (tax_category IN ('S', 'AE', 'O', 'Z')),
    tax_cents INTEGER NOT NULL CHECK (tax_cents >= 0),
    total_cents INTEGER NOT NULL CHECK (total_cents = net_cents + tax_cents),
    tax_note TEXT,
    -- JSON: the seller as of the day of issue.
    seller TEXT NOT NULL,
    -- The same, with all that documents say of them; NULL on those of an older mailctl (invoice_kept).
    seller_id INTEGER REFERENCES seller (id),
    language TEXT CHECK (language IN ('fr', 'de', 'en')),
    buyer_name TEXT NOT NULL,
    buyer_street TEXT,
    buyer_postcode TEXT,
    buyer_city TEXT,
    buyer_country TEXT NOT NULL,
    buyer_vat_number TEXT,
    buyer_legal_id TEXT,
    buyer_endpoint TEXT,
    buyer_reference TEXT,
    reason TEXT,
    CHECK ((series = 'AV') = (corrects_id IS NOT NULL)),
    CHECK ((tax_category = 'S') = (tax_rate > 0)),
    CHECK ((seller_id IS NULL) = (language IS NULL)),
    CHECK ((due_on IS NULL) = (seller_id IS NULL OR series = 'AV'))
) STRICT;
CREATE UNIQUE INDEX invoice_number ON invoice (series, year, seq);
CREATE INDEX invoice_customer ON invoice (customer_id);
CREATE INDEX invoice_order ON invoice (order_number) WHERE order_number IS NOT NULL;

-- What an invoice leaves open, as it was when its document was first made: what an older mailctl did
-- not write, and what nobody had entered yet.
CREATE TABLE invoice_kept (
    invoice_id INTEGER PRIMARY KEY CHECK (invoice_id > 0) REFERENCES invoice (id),
    seller_id INTEGER NOT NULL REFERENCES seller (id),
    language TEXT NOT NULL CHECK (language IN ('fr', 'de', 'en')),
    due_on TEXT,
    buyer_street TEXT,
    buyer_postcode TEXT,
    buyer_city TEXT,
    buyer_legal_id TEXT,
    buyer_endpoint TEXT,
    buyer_reference TEXT
) STRICT;

-- Documents as they were sent to the customer; they go when the customer is erased.
CREATE TABLE document_file (
    invoice_id INTEGER NOT NULL CHECK (invoice_id > 0) REFERENCES invoice (id),
    format TEXT NOT NULL CHECK (format IN ('pdf', 'facturx', 'ubl', 'xrechnung', 'peppol')),
    made_on TEXT NOT NULL,
    -- The SHA-256 of the file.
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    -- The file: base64 of what zlib makes of it.
    content TEXT NOT NULL,
    PRIMARY KEY (invoice_id, format)
) STRICT, WITHOUT ROWID;

-- One line per account and term. The key makes it impossible to bill a term twice.
CREATE TABLE invoice_line (
    account_id INTEGER NOT NULL CHECK (account_id > 0) REFERENCES account (id),
    period_start_on TEXT NOT NULL,
    period_end_on TEXT NOT NULL CHECK (period_end_on > period_start_on),
    invoice_id INTEGER NOT NULL REFERENCES invoice (id),
    offer_id INTEGER NOT NULL REFERENCES offer (id),
    -- As billed.
    address TEXT,
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    unit_cents INTEGER NOT NULL CHECK (unit_cents >= 0),
    PRIMARY KEY (account_id, period_start_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_line_invoice ON invoice_line (invoice_id);

-- What an offer was called on documents up to one: those stay as they were issued.
CREATE TABLE past_offer_label (
    offer_id INTEGER NOT NULL CHECK (offer_id > 0) REFERENCES offer (id),
    last_invoice_id INTEGER NOT NULL CHECK (last_invoice_id > 0) REFERENCES invoice (id),
    label TEXT NOT NULL,
    PRIMARY KEY (offer_id, last_invoice_id)
) STRICT, WITHOUT ROWID;

-- The lines that credit notes give back, each whole. The key makes it impossible to credit one twice.
CREATE TABLE credit_line (
    account_id INTEGER NOT NULL CHECK (account_id > 0),
    period_start_on TEXT NOT NULL,
    invoice_id INTEGER NOT NULL REFERENCES invoice (id),
    PRIMARY KEY (account_id, period_start_on),
    FOREIGN KEY (account_id, period_start_on) REFERENCES invoice_line (account_id, period_start_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX credit_line_invoice ON credit_line (invoice_id);

-- What is still to be paid of an invoice, and by when.
CREATE TABLE invoice_open (
    invoice_id INTEGER PRIMARY KEY CHECK (invoice_id > 0) REFERENCES invoice (id),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    due_on TEXT NOT NULL,
    credited_cents INTEGER NOT NULL DEFAULT 0 CHECK (credited_cents >= 0),
    open_cents INTEGER NOT NULL CHECK (open_cents >= 0),
    -- Pending payments would pay it: it is not overdue while they may.
    is_covered INTEGER NOT NULL DEFAULT 0 CHECK (is_covered IN (0, 1)),
    paid_on TEXT,
    -- When money for it was first taken back: that alone gives the customer's days to pay anew.
    taken_back_on TEXT,
    CHECK ((paid_on IS NULL) = (open_cents > 0))
) STRICT;
CREATE INDEX invoice_open_due ON invoice_open (due_on) WHERE open_cents > 0;
CREATE INDEX invoice_open_customer ON invoice_open (customer_id) WHERE open_cents > 0;

-- The prepaid accounts: every movement is a row that never changes.
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    moved_on TEXT NOT NULL,
    kind TEXT NOT NULL
        CHECK (kind IN ('credit', 'charge', 'payment', 'credit-note', 'refund', 'reversal')),
    amount_cents INTEGER NOT NULL,
    before_cents INTEGER NOT NULL,
    after_cents INTEGER NOT NULL,
    order_number INTEGER REFERENCES purchase_order (number),
    invoice_id INTEGER REFERENCES invoice (id),
    payment_id INTEGER REFERENCES payment (id),
    -- The credit or payment that a reversal undoes.
    reverses_id INTEGER REFERENCES ledger (id),
    reason TEXT,
    -- The bank's own for money that came, and the day that the bank counts it from: shown, and no
    -- rule's date.
    reference TEXT,
    value_on TEXT,
    CHECK (after_cents = before_cents + amount_cents),
    CHECK (CASE WHEN kind IN ('credit', 'payment', 'credit-note')
           THEN amount_cents >= 0 ELSE amount_cents <= 0 END)
) STRICT;
CREATE UNIQUE INDEX ledger_seq ON ledger (customer_id, seq);
CREATE UNIQUE INDEX ledger_charge ON ledger (invoice_id) WHERE kind = 'charge';
CREATE UNIQUE INDEX ledger_reversal ON ledger (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX ledger_payment ON ledger (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX ledger_reference ON ledger (customer_id, reference) WHERE reference IS NOT NULL;
CREATE INDEX ledger_bank_reference ON ledger (reference) WHERE reference IS NOT NULL;

-- How a customer pays: a token or a mandate, never a card number.
CREATE TABLE method (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'card', 'paypal')),
    -- Masked: what people are shown.
    label TEXT NOT NULL,
    -- JSON: what the bank or the gateway needs, by kind: iban, bic, holder, mandate, signed_on;
    -- token, brand, last4; agreement.
    details TEXT NOT NULL,
    is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
    expires_on TEXT,
    added_on TEXT NOT NULL,
    removed_on TEXT,
    -- The mandate's reference as banks compare it; kept after the removal, so that no other
    -- customer gets the same.
    mandate_key TEXT
) STRICT;
CREATE INDEX method_mandate ON method (mandate_key) WHERE mandate_key IS NOT NULL;
CREATE UNIQUE INDEX method_default ON method (customer_id) WHERE is_default = 1;

-- A shortfall that is being collected through a method.
CREATE TABLE payment (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    method_id INTEGER NOT NULL REFERENCES method (id),
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    status TEXT NOT NULL CHECK (
        status IN ('pending', 'succeeded', 'failed', 'cancelled', 'returned')
    ),
    created_on TEXT NOT NULL,
    -- When this try was handed to the bank or gateway; NULL while it waits for that.
    exported_on TEXT,
    -- The day of the next try, after a failed one.
    next_try_on TEXT,
    -- The payment that came back and is tried again by this one.
    follows_id INTEGER REFERENCES payment (id),
    -- How many tries failed, those of the payments that it follows too.
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    first_failed_on TEXT,
    -- The notice that announces this try, and the earliest day of collection that it told.
    notice_id INTEGER REFERENCES notice (id),
    told_on TEXT,
    reference TEXT,
    settled_on TEXT,
    reason TEXT
) STRICT;
CREATE INDEX payment_pending ON payment (customer_id) WHERE status = 'pending';
CREATE INDEX payment_asked ON payment (exported_on) WHERE status = 'pending';
CREATE INDEX payment_reference ON payment (reference) WHERE reference IS NOT NULL;
CREATE UNIQUE INDEX payment_follows ON payment (follows_id) WHERE follows_id IS NOT NULL;
CREATE INDEX payment_notice ON payment (notice_id) WHERE notice_id IS NOT NULL;

-- The files handed to banks and gateways, as they were written.
CREATE TABLE payment_export (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'card', 'paypal')),
    format TEXT NOT NULL CHECK (format IN ('sepa', 'csv')),
    exported_on TEXT NOT NULL,
    -- The first day of collection in it; NULL where it has none.
    collect_on TEXT,
    content TEXT NOT NULL,
    -- An erased customer's entries were taken out of it: it is never written again.
    reduced_on TEXT
) STRICT;

-- The payments that a file asks for: which try of each, the first being 1.
CREATE TABLE payment_export_entry (
    export_id INTEGER NOT NULL CHECK (export_id > 0) REFERENCES payment_export (id),
    payment_id INTEGER NOT NULL CHECK (payment_id > 0) REFERENCES payment (id),
    try INTEGER NOT NULL CHECK (try > 0),
    PRIMARY KEY (export_id, payment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_export_entry_payment ON payment_export_entry (payment_id);

-- Files that banks sent, and that were taken.
CREATE TABLE bank_file (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    -- The SHA-256 of its bytes.
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    kind TEXT NOT NULL CHECK (
        kind IN ('camt.052', 'camt.053', 'camt.054', 'pain.002', 'mt940', 'csv')
    ),
    name TEXT NOT NULL,
    imported_on TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX bank_file_digest ON bank_file (digest);

-- Statements of one account each; the balances are NULL where the bank gives none.
CREATE TABLE bank_statement (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    file_id INTEGER NOT NULL REFERENCES bank_file (id),
    kind TEXT NOT NULL CHECK (kind IN ('camt.052', 'camt.053', 'camt.054', 'mt940', 'csv')),
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    identification TEXT NOT NULL,
    -- Its place in the bank's own count.
    number INTEGER,
    from_on TEXT,
    to_on TEXT,
    opening_on TEXT,
    opening_cents INTEGER,
    closing_on TEXT,
    closing_cents INTEGER,
    -- How many entries it has, each part of a batch as one.
    entries INTEGER NOT NULL DEFAULT 0 CHECK (entries >= 0),
    CHECK ((opening_cents IS NULL) = (closing_cents IS NULL))
) STRICT;
CREATE INDEX bank_statement_account ON bank_statement (account, closing_on);
CREATE INDEX bank_statement_file ON bank_statement (file_id);

-- Movements of the seller's account, as the bank wrote them.
CREATE TABLE bank_entry (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    -- The statement by which it was known first.
    statement_id INTEGER NOT NULL REFERENCES bank_statement (id),
    -- What it is known again by: the bank's own reference (`ref:`), or the digest of its content
    -- (`sha:`); how many before it in the store have the same; its place among the parts of a batch.
    entry_key TEXT NOT NULL,
    occurrence INTEGER NOT NULL CHECK (occurrence >= 1),
    part INTEGER NOT NULL CHECK (part >= 1),
    parts INTEGER NOT NULL CHECK (parts >= part),
    account TEXT NOT NULL,
    booked_on TEXT NOT NULL,
    value_on TEXT,
    amount_cents INTEGER NOT NULL,
    currency TEXT NOT NULL,
    name TEXT,
    iban TEXT,
    reference TEXT,
    end_to_end_id TEXT,
    creditor_reference TEXT,
    text TEXT,
    -- JSON: what else the bank wrote (domain/statements.py), and what was not understood.
    details TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unmatched', 'proposed', 'booked', 'ignored')),
    matched_by TEXT CHECK (
        matched_by IN (
            'end-to-end-id', 'reference', 'number', 'iban', 'batch', 'return', 'recorded',
            'same-money', 'hand', 'other-account', 'other-currency'
        )
    ),
    -- What led to it, as a sentence.
    evidence TEXT,
    -- Why a person ignored it.
    reason TEXT,
    -- For whom it was booked, or is proposed.
    customer_id INTEGER REFERENCES customer (id),
    invoice_id INTEGER REFERENCES invoice (id),
    order_number INTEGER REFERENCES purchase_order (number),
    payment_id INTEGER REFERENCES payment (id),
    -- What is proposed for linking: money that was recorded by hand, or an entry of the same money.
    ledger_id INTEGER REFERENCES ledger (id),
    same_as_id INTEGER REFERENCES bank_entry (id),
    decided_on TEXT,
    CHECK (state <> 'booked' OR matched_by IS NOT NULL),
    CHECK (state <> 'proposed' OR evidence IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX bank_entry_key ON bank_entry (account, entry_key, occurrence, part);
CREATE INDEX bank_entry_statement ON bank_entry (statement_id);
CREATE INDEX bank_entry_day ON bank_entry (account, booked_on, amount_cents);
CREATE INDEX bank_entry_open ON bank_entry (id) WHERE state IN ('unmatched', 'proposed');
CREATE INDEX bank_entry_customer ON bank_entry (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX bank_entry_payment ON bank_entry (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX bank_entry_reference ON bank_entry (reference) WHERE reference IS NOT NULL;
CREATE INDEX bank_entry_end_to_end ON bank_entry (end_to_end_id) WHERE end_to_end_id IS NOT NULL;
CREATE INDEX bank_entry_iban ON bank_entry (iban) WHERE iban IS NOT NULL;
CREATE INDEX bank_entry_same ON bank_entry (same_as_id) WHERE same_as_id IS NOT NULL;

-- In which other kinds of file an entry was seen again, and how it is known there if otherwise.
CREATE TABLE bank_sighting (
    entry_id INTEGER NOT NULL CHECK (entry_id > 0) REFERENCES bank_entry (id),
    kind TEXT NOT NULL CHECK (kind IN ('camt.052', 'camt.053', 'camt.054', 'mt940', 'csv')),
    entry_key TEXT,
    PRIMARY KEY (entry_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX bank_sighting_key ON bank_sighting (entry_key) WHERE entry_key IS NOT NULL;

-- Which movements of prepaid accounts are an entry's money: made by it, or recorded before and linked.
CREATE TABLE bank_booking (
    ledger_id INTEGER PRIMARY KEY CHECK (ledger_id > 0) REFERENCES ledger (id),
    entry_id INTEGER NOT NULL REFERENCES bank_entry (id),
    is_link INTEGER NOT NULL CHECK (is_link IN (0, 1)),
    -- The day on which a person took the booking back (`bank undo`).
    undone_on TEXT
) STRICT;
CREATE INDEX bank_booking_entry ON bank_booking (entry_id);

-- Answers of status reports, by the payment and the try that they name.
CREATE TABLE bank_status (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    file_id INTEGER NOT NULL REFERENCES bank_file (id),
    message_id TEXT NOT NULL,
    batch_id TEXT NOT NULL,
    end_to_end_id TEXT NOT NULL,
    status TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    -- The payment whose try failed by it; NULL where it changed nothing.
    payment_id INTEGER REFERENCES payment (id)
) STRICT;
CREATE INDEX bank_status_file ON bank_status (file_id);
CREATE INDEX bank_status_payment ON bank_status (payment_id) WHERE payment_id IS NOT NULL;

-- A platform's deletion that waits for its token; the token itself is in the unsent notice alone.
CREATE TABLE platform_deletion (
    platform_id INTEGER PRIMARY KEY CHECK (platform_id > 0) REFERENCES platform (id),
    token_digest TEXT NOT NULL,
    valid_until_on TEXT NOT NULL
) STRICT;

-- Service e-mails: what happened, told to the customer. The accounts concerned are notice_account's.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    kind TEXT NOT NULL,
    queued_on TEXT NOT NULL,
    invoice_id INTEGER REFERENCES invoice (id),
    order_number INTEGER REFERENCES purchase_order (number),
    platform_id INTEGER REFERENCES platform (id),
    method_id INTEGER REFERENCES method (id),
    -- The payment whose money was taken back, where the notice tells of that.
    payment_id INTEGER REFERENCES payment (id),
    amount_cents INTEGER,
    due_on TEXT,
    -- A token that the notice tells; emptied once it is sent.
    secret TEXT,
    -- The same for every try, so that a second copy is known as one.
    message_id TEXT,
    -- Somebody is sending it: nobody else may before this instant.
    claimed_until TEXT,
    -- How many tries began.
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    last_error TEXT,
    -- Not tried again before this instant.
    next_try_at TEXT,
    -- Why it was not taken at its last try: something about us, at the recipient's whole domain or
    -- for this notice alone; a mailbox that is full; or the document that goes with it, which cannot be
    -- made or is too large.
    waits_for TEXT CHECK (waits_for IN ('us', 'us-alone', 'full', 'document')),
    -- The customer's address refused it for good: the backup address is tried.
    is_at_backup INTEGER NOT NULL DEFAULT 0 CHECK (is_at_backup IN (0, 1)),
    sent_at TEXT,
    -- It will never be sent: refused for good at every address, of no use any more, or its
    -- customer erased.
    ended_at TEXT,
    ended_for TEXT CHECK (ended_for IN ('refused', 'outdated', 'erased')),
    CHECK ((ended_at IS NULL) = (ended_for IS NULL)),
    CHECK (sent_at IS NULL OR ended_at IS NULL)
) STRICT;
CREATE INDEX notice_unsent ON notice (id) WHERE sent_at IS NULL AND ended_at IS NULL;
CREATE INDEX notice_customer ON notice (customer_id);
CREATE INDEX notice_refused ON notice (customer_id) WHERE ended_for = 'refused';

-- The accounts that a notice is about, as they were when it was queued.
CREATE TABLE notice_account (
    notice_id INTEGER NOT NULL CHECK (notice_id > 0) REFERENCES notice (id),
    account_id INTEGER NOT NULL CHECK (account_id > 0) REFERENCES account (id),
    address TEXT,
    -- The day of the event that the notice tells of: the expiry, the deletion.
    happens_on TEXT,
    -- For what it was suspended.
    why TEXT CHECK (why IN ('expired', 'debt')),
    PRIMARY KEY (notice_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_account_account ON notice_account (account_id);

-- What was sent, as the customer could read it, with the token left out.
CREATE TABLE notice_text (
    notice_id INTEGER PRIMARY KEY CHECK (notice_id > 0) REFERENCES notice (id),
    language TEXT NOT NULL CHECK (language IN ('fr', 'de', 'en')),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    -- In which form its documents went with it; NULL: it has none.
    document_format TEXT CHECK (
        document_format IN ('pdf', 'facturx', 'ubl', 'xrechnung', 'peppol')
    )
) STRICT;

-- What the mail server must do, in order of id.
CREATE TABLE task (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    account_id INTEGER NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL CHECK (
        kind IN ('create', 'suspend', 'reopen', 'wipe', 'rename', 'delete', 'password', 'export')
    ),
    -- NULL: a rename after which the mailbox has no address, because it is about to be deleted.
    address TEXT,
    -- For a rename: what the mailbox was called.
    old_address TEXT,
    -- For an export: what is written, and where; NULL: below the setting's folder, as the mailbox is
    -- about to be deleted.
    format TEXT CHECK (format IN ('maildir', 'mbox')),
    folder TEXT,
    -- It mends what a reconciliation found: a mailbox that is there already keeps its mail.
    mends INTEGER NOT NULL DEFAULT 0 CHECK (mends IN (0, 1)),
    asked_on TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'todo' CHECK (status IN ('todo', 'done', 'failed', 'skipped')),
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    -- Somebody is doing it: nobody else may before this instant.
    claimed_until TEXT,
    -- Not tried again before this instant.
    next_try_at TEXT,
    -- The driver that answered last; NULL: a person did, or nobody yet.
    driver TEXT,
    reason TEXT,
    CHECK ((old_address IS NOT NULL) = (kind = 'rename')),
    CHECK (address IS NOT NULL OR kind = 'rename'),
    CHECK ((format IS NOT NULL) = (kind = 'export')),
    CHECK (folder IS NULL OR kind = 'export')
) STRICT;
CREATE INDEX task_todo ON task (id) WHERE status = 'todo';
CREATE INDEX task_account ON task (account_id);
-- What holds later tasks of the account, and what still has an address.
CREATE INDEX task_holding ON task (account_id, id) WHERE status IN ('todo', 'failed');
CREATE INDEX task_leaving ON task (address) WHERE status IN ('todo', 'failed');
-- Copies of mailboxes, which are removed some time later.
CREATE INDEX task_copy ON task (id) WHERE kind = 'export' AND folder IS NOT NULL;
-- By the address that an account left, callers find it.
CREATE INDEX task_renamed ON task (old_address) WHERE kind = 'rename';
CREATE INDEX task_wiped ON task (address) WHERE kind = 'wipe';

-- The mailboxes that a driver looks after: made for an account, or adopted from before.
CREATE TABLE mailbox (
    account_id INTEGER PRIMARY KEY CHECK (account_id > 0) REFERENCES account (id),
    -- What the driver knows it by: the account's id, or the name that an adopted one had before.
    name TEXT NOT NULL,
    since_on TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX mailbox_name ON mailbox (name);

-- Hashes of mailboxes' passwords; only the driver is given one.
CREATE TABLE mailbox_password (
    account_id INTEGER PRIMARY KEY CHECK (account_id > 0) REFERENCES account (id),
    hash TEXT NOT NULL CHECK (substr(hash, 1, 10) = '$argon2id$'),
    set_on TEXT NOT NULL
) STRICT;

-- Mailboxes that an administrator has locked, whatever is paid (rules 16).
CREATE TABLE account_lock (
    account_id INTEGER PRIMARY KEY CHECK (account_id > 0) REFERENCES account (id),
    locked_on TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

-- Who did what, when. `details` is JSON without personal data; personal details are kept apart, so
-- that they can be erased: here stands only their salted digest.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    batch INTEGER NOT NULL REFERENCES batch (id) DEFERRABLE INITIALLY DEFERRED,
    happened_on TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT,
    personal_digest TEXT
) STRICT;
CREATE INDEX journal_subject ON journal (subject);
-- Each new batch is looked for among the rows that wait for it.
CREATE INDEX journal_batch ON journal (batch);

CREATE TABLE journal_personal (
    seq INTEGER PRIMARY KEY CHECK (seq > 0) REFERENCES journal (seq),
    salt TEXT NOT NULL CHECK (length(salt) = 32),
    details TEXT NOT NULL
) STRICT;

-- One digest for each batch of changes that belong together (a command, or a day of the tick), over
-- its new rows of journal, ledger, documents and lines, and over the digest before. Each `last_`
-- column is the highest key that the batch covers, each `_rows` column how many rows of a table.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    happened_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    last_seq INTEGER NOT NULL,
    last_ledger_id INTEGER NOT NULL,
    last_invoice_id INTEGER NOT NULL,
    journal_rows INTEGER NOT NULL,
    ledger_rows INTEGER NOT NULL,
    invoice_rows INTEGER NOT NULL,
    credit_line_rows INTEGER NOT NULL,
    invoice_line_rows INTEGER NOT NULL,
    -- The digest of the seals after it; '' before version 3, when there were none.
    state TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

-- What the other tables hold: for each, the sum of its rows' digests, as 64 hexadecimal digits.
CREATE TABLE seal (
    name TEXT PRIMARY KEY,
    sum TEXT NOT NULL CHECK (length(sum) = 64)
) STRICT, WITHOUT ROWID;

-- The key of those digests, another after each customer is erased. One row.
CREATE TABLE seal_key (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    key TEXT NOT NULL CHECK (length(key) = 64)
) STRICT;

-- A command's idempotency key, kept for ever, with what it was given and what it made.
CREATE TABLE command_key (
    command TEXT NOT NULL,
    customer_id INTEGER NOT NULL CHECK (customer_id > 0) REFERENCES customer (id),
    key TEXT NOT NULL,
    arguments_digest TEXT NOT NULL,
    -- The number of the order, ledger row or payment that the command made or answered.
    result INTEGER NOT NULL,
    PRIMARY KEY (command, customer_id, key)
) STRICT, WITHOUT ROWID;

-- The store was restored from a backup (rules 18): what is gone on from, and what was lost. 1: the
-- first tick, the first payment file and the making of mailboxes wait for a person.
CREATE TABLE restoration (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    restored_on TEXT NOT NULL,
    -- When the backup was made, its last transaction, and the digest of that.
    backup_at TEXT NOT NULL,
    batch_id INTEGER NOT NULL,
    head TEXT NOT NULL,
    -- The last transaction of the lost store; NULL where that could not be read.
    lost_batch_id INTEGER,
    lost_head TEXT,
    tick_waits INTEGER NOT NULL CHECK (tick_waits IN (0, 1)),
    export_waits INTEGER NOT NULL CHECK (export_waits IN (0, 1)),
    creates_wait INTEGER NOT NULL CHECK (creates_wait IN (0, 1)),
    CHECK ((lost_batch_id IS NULL) = (lost_head IS NULL))
) STRICT;

-- Numbers of documents that a lost store gave out: none is given again.
CREATE TABLE lost_number (
    series TEXT NOT NULL CHECK (series IN ('', 'AV')),
    year INTEGER NOT NULL CHECK (year > 0),
    first_seq INTEGER NOT NULL CHECK (first_seq >= 1),
    last_seq INTEGER NOT NULL CHECK (last_seq >= first_seq),
    restoration_id INTEGER NOT NULL REFERENCES restoration (id),
    PRIMARY KEY (series, year, first_seq)
) STRICT, WITHOUT ROWID;

-- By table the highest id that a lost store may have given: none is given again.
CREATE TABLE lost_id (
    name TEXT PRIMARY KEY,
    last_id INTEGER NOT NULL CHECK (last_id >= 0)
) STRICT, WITHOUT ROWID;

-- By folder the newest backup that was made there.
CREATE TABLE backup (
    folder TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    made_at TEXT NOT NULL,
    -- Its last transaction, and the digest of that.
    batch_id INTEGER NOT NULL,
    head TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What `find` looks for: words without case and accents (domain/search_words.py), and whose they
-- are. What an address begins with is looked for in the indexes of the addresses.
CREATE TABLE word (
    kind TEXT NOT NULL CHECK (
        kind IN (
            'customer', 'domain', 'platform', 'account', 'method', 'payment', 'ledger', 'entry'
        )
    ),
    word TEXT NOT NULL,
    row_id INTEGER NOT NULL CHECK (row_id > 0),
    PRIMARY KEY (kind, word, row_id)
) STRICT, WITHOUT ROWID;

-- The books are written once.
CREATE TRIGGER invoice_kept_u BEFORE UPDATE ON invoice
BEGIN SELECT RAISE(ABORT, 'an invoice is never changed'); END;
CREATE TRIGGER invoice_kept_d BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'an invoice is never deleted'); END;
CREATE TRIGGER invoice_line_kept_u BEFORE UPDATE ON invoice_line
BEGIN SELECT RAISE(ABORT, 'an invoice line is never changed'); END;
CREATE TRIGGER invoice_line_kept_d BEFORE DELETE ON invoice_line
BEGIN SELECT RAISE(ABORT, 'an invoice line is never deleted'); END;
CREATE TRIGGER credit_line_kept_u BEFORE UPDATE ON credit_line
BEGIN SELECT RAISE(ABORT, 'a credited line is never changed'); END;
CREATE TRIGGER credit_line_kept_d BEFORE DELETE ON credit_line
BEGIN SELECT RAISE(ABORT, 'a credited line is never deleted'); END;
CREATE TRIGGER ledger_kept_u BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'a ledger row is never changed'); END;
CREATE TRIGGER ledger_kept_d BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'a ledger row is never deleted'); END;
CREATE TRIGGER journal_kept_u BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'a journal row is never changed'); END;
CREATE TRIGGER journal_kept_d BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'a journal row is never deleted'); END;
CREATE TRIGGER journal_personal_kept_u BEFORE UPDATE ON journal_personal
BEGIN SELECT RAISE(ABORT, 'personal details are erased, never changed'); END;
CREATE TRIGGER batch_kept_u BEFORE UPDATE ON batch
BEGIN SELECT RAISE(ABORT, 'a digest of the journal is never changed'); END;
CREATE TRIGGER batch_kept_d BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'a digest of the journal is never deleted'); END;
CREATE TRIGGER seller_kept_u BEFORE UPDATE ON seller
BEGIN SELECT RAISE(ABORT, 'a seller of a document is never changed'); END;
CREATE TRIGGER seller_kept_d BEFORE DELETE ON seller
BEGIN SELECT RAISE(ABORT, 'a seller of a document is never deleted'); END;
CREATE TRIGGER document_file_kept_u BEFORE UPDATE ON document_file
BEGIN SELECT RAISE(ABORT, 'a document that was sent is never changed'); END;
CREATE TRIGGER document_file_kept_d BEFORE DELETE ON document_file
WHEN NOT EXISTS (
    SELECT 1 FROM invoice i JOIN customer c ON c.id = i.customer_id
    WHERE i.id = OLD.invoice_id AND c.state = 'erased'
)
BEGIN SELECT RAISE(ABORT, 'a document that was sent is deleted only with its customer'); END;
CREATE TRIGGER bank_file_kept_u BEFORE UPDATE ON bank_file
BEGIN SELECT RAISE(ABORT, 'a file that a bank sent is never changed'); END;
CREATE TRIGGER bank_file_kept_d BEFORE DELETE ON bank_file
BEGIN SELECT RAISE(ABORT, 'a file that a bank sent is never deleted'); END;
CREATE TRIGGER bank_statement_kept_u BEFORE UPDATE ON bank_statement
BEGIN SELECT RAISE(ABORT, 'a bank statement is never changed'); END;
CREATE TRIGGER bank_statement_kept_d BEFORE DELETE ON bank_statement
BEGIN SELECT RAISE(ABORT, 'a bank statement is never deleted'); END;
-- What the bank wrote stays; its texts go with their customer.
CREATE TRIGGER bank_entry_kept_u BEFORE UPDATE OF
    id, statement_id, occurrence, part, parts, account, booked_on, value_on, amount_cents, currency
ON bank_entry
BEGIN SELECT RAISE(ABORT, 'what a bank wrote is never changed'); END;
CREATE TRIGGER bank_entry_texts_u BEFORE UPDATE OF
    entry_key, name, iban, reference, end_to_end_id, creditor_reference, text, details
ON bank_entry
WHEN coalesce(
    NEW.name, NEW.iban, NEW.reference, NEW.end_to_end_id, NEW.creditor_reference, NEW.text
) IS NOT NULL
    OR NEW.details <> '{}'
    OR NEW.entry_key <> 'erased:' || OLD.id
    OR NOT EXISTS (
        SELECT 1 FROM customer c WHERE c.id = NEW.customer_id AND c.state = 'erased'
    )
BEGIN SELECT RAISE(ABORT, 'what a bank wrote is emptied only with its customer'); END;
CREATE TRIGGER bank_entry_kept_d BEFORE DELETE ON bank_entry
BEGIN SELECT RAISE(ABORT, 'an entry of a bank statement is never deleted'); END;
-- What a person took back may be another entry's money later.
CREATE TRIGGER bank_booking_kept_u BEFORE UPDATE OF ledger_id, entry_id, is_link ON bank_booking
WHEN OLD.undone_on IS NULL OR NEW.ledger_id <> OLD.ledger_id
BEGIN SELECT RAISE(ABORT, 'whose money a booking is, is never changed'); END;
CREATE TRIGGER bank_booking_kept_d BEFORE DELETE ON bank_booking
BEGIN SELECT RAISE(ABORT, 'whose money a booking is, is never deleted'); END;
CREATE TRIGGER bank_status_kept_d BEFORE DELETE ON bank_status
BEGIN SELECT RAISE(ABORT, 'an answer of a bank is never deleted'); END;
-- INSERT OR REPLACE removes the row in its way without a DELETE trigger: refuse it by its keys.
CREATE TRIGGER invoice_kept_r BEFORE INSERT ON invoice
WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.id = NEW.id) OR EXISTS (
    SELECT 1 FROM invoice i WHERE i.series = NEW.series AND i.year = NEW.year AND i.seq = NEW.seq
)
BEGIN SELECT RAISE(ABORT, 'an invoice is never replaced'); END;
CREATE TRIGGER seller_kept_r BEFORE INSERT ON seller
WHEN EXISTS (SELECT 1 FROM seller s WHERE s.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a seller of a document is never replaced'); END;
CREATE TRIGGER document_file_kept_r BEFORE INSERT ON document_file
WHEN EXISTS (
    SELECT 1 FROM document_file f WHERE f.invoice_id = NEW.invoice_id AND f.format = NEW.format
)
BEGIN SELECT RAISE(ABORT, 'a document that was sent is never replaced'); END;
CREATE TRIGGER bank_file_kept_r BEFORE INSERT ON bank_file
WHEN EXISTS (SELECT 1 FROM bank_file f WHERE f.id = NEW.id OR f.digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'a file that a bank sent is never replaced'); END;
CREATE TRIGGER bank_statement_kept_r BEFORE INSERT ON bank_statement
WHEN EXISTS (SELECT 1 FROM bank_statement s WHERE s.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a bank statement is never replaced'); END;
CREATE TRIGGER bank_entry_kept_r BEFORE INSERT ON bank_entry
WHEN EXISTS (SELECT 1 FROM bank_entry e WHERE e.id = NEW.id) OR EXISTS (
    SELECT 1 FROM bank_entry e
    WHERE e.account = NEW.account AND e.entry_key = NEW.entry_key
        AND e.occurrence = NEW.occurrence AND e.part = NEW.part
)
BEGIN SELECT RAISE(ABORT, 'an entry of a bank statement is never replaced'); END;
CREATE TRIGGER bank_booking_kept_r BEFORE INSERT ON bank_booking
WHEN EXISTS (SELECT 1 FROM bank_booking b WHERE b.ledger_id = NEW.ledger_id)
BEGIN SELECT RAISE(ABORT, 'whose money a booking is, is never replaced'); END;
CREATE TRIGGER bank_status_kept_r BEFORE INSERT ON bank_status
WHEN EXISTS (SELECT 1 FROM bank_status s WHERE s.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'an answer of a bank is never replaced'); END;
CREATE TRIGGER invoice_line_kept_r BEFORE INSERT ON invoice_line
WHEN (
    SELECT l.period_end_on FROM invoice_line l
    WHERE l.account_id = NEW.account_id AND l.period_start_on < NEW.period_end_on
    ORDER BY l.period_start_on DESC LIMIT 1
) > NEW.period_start_on
BEGIN SELECT RAISE(ABORT, 'the term, or a part of it, is billed already'); END;
CREATE TRIGGER invoice_line_late BEFORE INSERT ON invoice_line
WHEN NEW.invoice_id <= (SELECT b.last_invoice_id FROM batch b ORDER BY b.id DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'an invoice is never changed'); END;
CREATE TRIGGER credit_line_kept_r BEFORE INSERT ON credit_line
WHEN EXISTS (
    SELECT 1 FROM credit_line l
    WHERE l.account_id = NEW.account_id AND l.period_start_on = NEW.period_start_on
)
BEGIN SELECT RAISE(ABORT, 'the line is credited already'); END;
CREATE TRIGGER ledger_kept_r BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger l WHERE l.id = NEW.id) OR EXISTS (
    SELECT 1 FROM ledger l WHERE l.customer_id = NEW.customer_id AND l.seq = NEW.seq
) OR (NEW.kind = 'charge' AND EXISTS (
    SELECT 1 FROM ledger l WHERE l.invoice_id = NEW.invoice_id AND l.kind = 'charge'
))
BEGIN SELECT RAISE(ABORT, 'a ledger row is never replaced'); END;
-- Settled anew only after what was recorded before was taken back.
CREATE TRIGGER ledger_payment_once BEFORE INSERT ON ledger
WHEN NEW.kind = 'payment' AND EXISTS (
    SELECT 1 FROM ledger l WHERE l.payment_id = NEW.payment_id AND l.kind = 'payment'
    AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id)
)
BEGIN SELECT RAISE(ABORT, 'the money of a payment is recorded once'); END;
CREATE TRIGGER ledger_follows BEFORE INSERT ON ledger
WHEN NEW.before_cents <> coalesce((
    SELECT l.after_cents FROM ledger l WHERE l.customer_id = NEW.customer_id
    ORDER BY l.seq DESC LIMIT 1
), 0)
BEGIN SELECT RAISE(ABORT, 'a ledger row begins where the one before ends'); END;
CREATE TRIGGER journal_kept_r BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal j WHERE j.seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a journal row is never replaced'); END;
CREATE TRIGGER batch_kept_r BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM batch b WHERE b.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a digest of the journal is never replaced'); END;
