-- The store's tables in PostgreSQL: the same tables, columns and guards as in sqlite/schema.sql, to
-- which tests/postgresql compares them.
--
-- What differs:
-- - Keys and cents are BIGINT. mailctl gives every key.
-- - What is sorted or indexed is TEXT COLLATE "C", byte by byte, as in SQLite: dates, instants,
--   keys, addresses. What people write keeps the database's collation: lower() knows its letters.
-- - References to tables that are made later stand after the tables.
-- - The references of invoice lines are guards.
-- - A guard is a trigger function. Nothing can replace a row without an UPDATE or a DELETE, so the
--   guards against INSERT OR REPLACE are the keys themselves; TRUNCATE is refused instead.

-- What never changes after `init`. One row.
CREATE TABLE store (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    created_at TEXT COLLATE "C" NOT NULL,
    clock TEXT NOT NULL CHECK (clock IN ('wall', 'manual')),
    timezone TEXT NOT NULL,
    seller_country TEXT COLLATE "C" NOT NULL CHECK (length(seller_country) = 2),
    currency TEXT NOT NULL CHECK (length(currency) = 3)
);

-- The date that the store has reached: of its last write (wall) or its today (manual). One row.
CREATE TABLE clock (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    reached_on TEXT COLLATE "C" NOT NULL,
    last_tick_on TEXT COLLATE "C",
    last_tick_at TEXT COLLATE "C",
    -- Since when pages of what was erased wait to be overwritten; NULL: nothing waits.
    erasing_since_on TEXT COLLATE "C"
);

-- Where the store is now, if it is not here any more or is a copy: no change is taken then. One row,
-- or none.
CREATE TABLE moved (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    place TEXT NOT NULL,
    -- It was copied from there, and that one is still used.
    is_copy INTEGER NOT NULL CHECK (is_copy IN (0, 1)),
    moved_at TEXT COLLATE "C" NOT NULL
);

-- Settings that differ from their defaults (domain/settings.py names them all).
CREATE TABLE setting (
    name TEXT COLLATE "C" PRIMARY KEY,
    value TEXT NOT NULL
);

-- Who pays. `balance_cents` is the prepaid balance: always the last ledger row's `after_cents`.
CREATE TABLE customer (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    slug TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    backup_email TEXT,
    phone TEXT,
    street TEXT,
    postcode TEXT,
    city TEXT,
    country TEXT COLLATE "C" NOT NULL CHECK (length(country) = 2),
    language TEXT NOT NULL CHECK (language IN ('fr', 'de', 'en')),
    vat_number TEXT,
    -- NULL: the setting's days.
    payment_days INTEGER CHECK (payment_days BETWEEN 1 AND 365),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'erased')),
    balance_cents BIGINT NOT NULL DEFAULT 0,
    -- Since when the balance is below 0.
    debt_since_on TEXT COLLATE "C",
    -- A notice is due when the balance falls below it; 0 is off.
    alert_cents BIGINT NOT NULL DEFAULT 0 CHECK (alert_cents >= 0),
    -- Until this day no invoice of the customer is overdue.
    grace_until_on TEXT COLLATE "C",
    -- Of the shortfall, what was tried to be collected and failed: not collected again until a
    -- payment method is added or chosen.
    uncollected_cents BIGINT NOT NULL DEFAULT 0 CHECK (uncollected_cents >= 0),
    created_on TEXT COLLATE "C" NOT NULL,
    closed_on TEXT COLLATE "C",
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
);
CREATE UNIQUE INDEX customer_slug ON customer (slug);
CREATE INDEX customer_debtor ON customer (id) WHERE balance_cents < 0;

-- Domains belong to customers, so that a freed address never goes to a stranger.
CREATE TABLE domain (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    name TEXT COLLATE "C" NOT NULL,
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    claimed_on TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX domain_name ON domain (name);
CREATE INDEX domain_customer ON domain (customer_id);

-- What can be subscribed. `like_id`: where prices come from until the offer has its own; always an
-- older one, so that nobody who follows them goes round in a circle.
CREATE TABLE offer (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    name TEXT COLLATE "C" NOT NULL,
    label TEXT NOT NULL,
    like_id BIGINT REFERENCES offer (id) CHECK (like_id < id),
    expiry_of TEXT NOT NULL CHECK (expiry_of IN ('account', 'platform')),
    closed_on TEXT COLLATE "C"
);
CREATE UNIQUE INDEX offer_name ON offer (name);

-- Net price of one term, valid from a day until a later row's.
CREATE TABLE price (
    offer_id BIGINT NOT NULL CHECK (offer_id > 0) REFERENCES offer (id),
    period TEXT COLLATE "C" NOT NULL CHECK (period IN ('monthly', 'yearly')),
    from_on TEXT COLLATE "C" NOT NULL,
    cents BIGINT NOT NULL CHECK (cents >= 0),
    PRIMARY KEY (offer_id, period, from_on)
);

-- A price of one customer's own; it comes before the offer's. NULL: from that day there is none.
CREATE TABLE customer_price (
    customer_id BIGINT NOT NULL CHECK (customer_id > 0) REFERENCES customer (id),
    offer_id BIGINT NOT NULL CHECK (offer_id > 0) REFERENCES offer (id),
    period TEXT COLLATE "C" NOT NULL CHECK (period IN ('monthly', 'yearly')),
    from_on TEXT COLLATE "C" NOT NULL,
    cents BIGINT CHECK (cents >= 0),
    -- It was not set for this day: another price has its end before it.
    is_end INTEGER NOT NULL DEFAULT 0 CHECK (is_end IN (0, 1)),
    PRIMARY KEY (customer_id, offer_id, period, from_on)
);

-- Standard rates in hundredths of a percent, valid from a day until a later row's.
CREATE TABLE tax_rate (
    country TEXT COLLATE "C" NOT NULL CHECK (length(country) = 2),
    from_on TEXT COLLATE "C" NOT NULL,
    rate INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 9999),
    PRIMARY KEY (country, from_on)
);

-- One subscribed service of a customer. Rows stay for ever: a name is never used again.
CREATE TABLE platform (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    name TEXT COLLATE "C" NOT NULL,
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    offer_id BIGINT NOT NULL REFERENCES offer (id),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'cancelled', 'closed')),
    renewal TEXT NOT NULL DEFAULT 'automatic' CHECK (renewal IN ('automatic', 'manual')),
    created_on TEXT COLLATE "C" NOT NULL,
    cancelled_on TEXT COLLATE "C",
    cancel_reason TEXT,
    cancel_comment TEXT,
    closed_on TEXT COLLATE "C",
    CHECK ((closed_on IS NOT NULL) = (state = 'closed')),
    CHECK (state <> 'active' OR cancelled_on IS NULL)
);
CREATE UNIQUE INDEX platform_name ON platform (name);
CREATE INDEX platform_customer ON platform (customer_id);
CREATE INDEX platform_cancelled ON platform (id) WHERE state = 'cancelled';
CREATE INDEX platform_manual ON platform (id) WHERE renewal = 'manual';

-- Purchase orders. The total of an open `debt` order is the present shortfall, kept up to date.
CREATE TABLE purchase_order (
    number BIGINT PRIMARY KEY CHECK (number > 0),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    platform_id BIGINT REFERENCES platform (id),
    kind TEXT NOT NULL
        CHECK (kind IN ('accounts', 'extension', 'reopening', 'prepaid-credit', 'debt')),
    status TEXT NOT NULL CHECK (status IN ('not-paid', 'delivered', 'cancelled')),
    ordered_on TEXT COLLATE "C" NOT NULL,
    paid_on TEXT COLLATE "C",
    valid_until_on TEXT COLLATE "C",
    net_cents BIGINT NOT NULL CHECK (net_cents >= 0),
    tax_cents BIGINT NOT NULL CHECK (tax_cents >= 0),
    total_cents BIGINT NOT NULL CHECK (total_cents = net_cents + tax_cents),
    ended_on TEXT COLLATE "C"
);
CREATE INDEX order_customer ON purchase_order (customer_id);
CREATE INDEX order_platform ON purchase_order (platform_id) WHERE platform_id IS NOT NULL;
CREATE INDEX order_validity ON purchase_order (valid_until_on) WHERE status = 'not-paid';
-- A debtor has one open debt order, whatever goes wrong.
CREATE UNIQUE INDEX order_open_debt ON purchase_order (customer_id)
    WHERE kind = 'debt' AND status = 'not-paid';

-- One paid mailbox slot. `address` is NULL while it is blank and stays readable after deletion.
CREATE TABLE account (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    platform_id BIGINT NOT NULL REFERENCES platform (id),
    address TEXT COLLATE "C",
    domain_id BIGINT REFERENCES domain (id),
    state TEXT COLLATE "C" NOT NULL DEFAULT 'active'
        CHECK (state IN ('active', 'suspended', 'deleted')),
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    renewal TEXT NOT NULL CHECK (renewal IN ('monthly', 'yearly', 'none')),
    -- What `platform resume` gives back; set while the platform is cancelled.
    renewal_before_cancel TEXT CHECK (renewal_before_cancel IN ('monthly', 'yearly', 'none')),
    order_number BIGINT REFERENCES purchase_order (number),
    ordered_on TEXT COLLATE "C" NOT NULL,
    anchor_day INTEGER NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
    -- The first day that is not paid for.
    expires_on TEXT COLLATE "C" NOT NULL,
    reset_on TEXT COLLATE "C",
    suspended_on TEXT COLLATE "C",
    suspended_for TEXT CHECK (suspended_for IN ('expired', 'debt')),
    deletes_on TEXT COLLATE "C",
    deleted_on TEXT COLLATE "C",
    -- The notice that told of the suspension: while mail is configured it is sent before a deletion.
    suspension_notice_id BIGINT,
    -- The account's next event, whatever it is: what the tick looks for.
    next_on TEXT COLLATE "C" GENERATED ALWAYS AS (
        CASE state WHEN 'active' THEN expires_on WHEN 'suspended' THEN deletes_on END
    ) STORED,
    CHECK ((address IS NULL) = (domain_id IS NULL)),
    -- One spelling for each address: `address` is compared as it stands.
    CHECK (address !~ '[A-Z]'),
    CHECK ((deleted_on IS NOT NULL) = (state = 'deleted')),
    CHECK (state = 'deleted' OR (suspended_on IS NOT NULL) = (state = 'suspended')),
    CHECK ((suspended_on IS NULL) = (suspended_for IS NULL)),
    CHECK ((suspended_on IS NULL) = (deletes_on IS NULL))
);
-- By the day of deletion, which says the same as the state: a suspension leaves these indexes alone.
CREATE UNIQUE INDEX account_address ON account (address) WHERE deleted_on IS NULL;
CREATE INDEX account_last_address ON account (address)
    WHERE state = 'deleted' AND address IS NOT NULL;
CREATE INDEX account_platform ON account (platform_id, state);
CREATE INDEX account_next ON account (next_on, state) WHERE next_on IS NOT NULL;
CREATE INDEX account_domain ON account (domain_id)
    WHERE domain_id IS NOT NULL AND deleted_on IS NULL;
-- Most are active: those that are not are found among millions.
CREATE INDEX account_stopped ON account (state, id) WHERE state <> 'active';

-- What a yearly term goes on costing that was announced before its price rose, too late for it.
CREATE TABLE kept_price (
    account_id BIGINT NOT NULL CHECK (account_id > 0) REFERENCES account (id),
    starts_on TEXT COLLATE "C" NOT NULL,
    cents BIGINT NOT NULL CHECK (cents >= 0),
    PRIMARY KEY (account_id, starts_on)
);

-- What an order asks for; the account is known once it is delivered.
CREATE TABLE order_line (
    order_number BIGINT NOT NULL CHECK (order_number > 0) REFERENCES purchase_order (number),
    line INTEGER NOT NULL CHECK (line >= 1),
    account_id BIGINT REFERENCES account (id),
    address TEXT COLLATE "C",
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    period_start_on TEXT COLLATE "C" NOT NULL,
    period_end_on TEXT COLLATE "C" NOT NULL,
    unit_cents BIGINT NOT NULL CHECK (unit_cents >= 0),
    PRIMARY KEY (order_number, line)
);

-- The seller as documents show them: one row for each state of the settings that was used.
CREATE TABLE seller (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    -- JSON: what identifies and reaches them, their bank and the legal mentions of each language.
    details TEXT NOT NULL,
    -- Base64 of a PNG or JPEG.
    logo TEXT
);

-- Documents: invoices (series '') and credit notes (series 'AV'), each numbered without a gap
-- within its year. They are immutable: what changes about an invoice lives in invoice_open.
CREATE TABLE invoice (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    series TEXT COLLATE "C" NOT NULL CHECK (series IN ('', 'AV')),
    year INTEGER NOT NULL,
    seq BIGINT NOT NULL CHECK (seq >= 1),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    order_number BIGINT REFERENCES purchase_order (number),
    corrects_id BIGINT REFERENCES invoice (id),
    issued_on TEXT COLLATE "C" NOT NULL,
    -- As it was issued: invoice_open has what holds now. NULL where seller_id is, and on credit notes.
    due_on TEXT COLLATE "C",
    net_cents BIGINT NOT NULL CHECK (net_cents >= 0),
    -- Hundredths of a percent.
    tax_rate INTEGER NOT NULL CHECK (tax_rate >= 0),
    -- Of UNTDID 5305: a rate, reverse charge, outside the tax, a rate of 0.
    tax_category TEXT NOT NULL CHECK (tax_category IN ('S', 'AE', 'O', 'Z')),
    tax_cents BIGINT NOT NULL CHECK (tax_cents >= 0),
    total_cents BIGINT NOT NULL CHECK (total_cents = net_cents + tax_cents),
    tax_note TEXT,
    -- JSON: the seller as of the day of issue.
    seller TEXT NOT NULL,
    -- The same, with all that documents say of them; NULL on those of an older mailctl (invoice_kept).
    seller_id BIGINT REFERENCES seller (id),
    language TEXT CHECK (language IN ('fr', 'de', 'en')),
    buyer_name TEXT NOT NULL,
    buyer_street TEXT,
    buyer_postcode TEXT,
    buyer_city TEXT,
    buyer_country TEXT COLLATE "C" NOT NULL,
    buyer_vat_number TEXT,
    buyer_legal_id TEXT,
    buyer_endpoint TEXT,
    buyer_reference TEXT,
    reason TEXT,
    CHECK ((series = 'AV') = (corrects_id IS NOT NULL)),
    CHECK ((tax_category = 'S') = (tax_rate > 0)),
    CHECK ((seller_id IS NULL) = (language IS NULL)),
    CHECK ((due_on IS NULL) = (seller_id IS NULL OR series = 'AV'))
);
CREATE UNIQUE INDEX invoice_number ON invoice (series, year, seq);
CREATE INDEX invoice_customer ON invoice (customer_id);
CREATE INDEX invoice_order ON invoice (order_number) WHERE order_number IS NOT NULL;

-- What an invoice leaves open, as it was when its document was first made: what an older mailctl did
-- not write, and what nobody had entered yet.
CREATE TABLE invoice_kept (
    invoice_id BIGINT PRIMARY KEY CHECK (invoice_id > 0) REFERENCES invoice (id),
    seller_id BIGINT NOT NULL REFERENCES seller (id),
    language TEXT NOT NULL CHECK (language IN ('fr', 'de', 'en')),
    due_on TEXT COLLATE "C",
    buyer_street TEXT,
    buyer_postcode TEXT,
    buyer_city TEXT,
    buyer_legal_id TEXT,
    buyer_endpoint TEXT,
    buyer_reference TEXT
);

-- Documents as they were sent to the customer; they go when the customer is erased.
CREATE TABLE document_file (
    invoice_id BIGINT NOT NULL CHECK (invoice_id > 0) REFERENCES invoice (id),
    format TEXT COLLATE "C" NOT NULL CHECK (format IN ('pdf', 'facturx', 'ubl', 'xrechnung', 'peppol')),
    made_on TEXT COLLATE "C" NOT NULL,
    -- The SHA-256 of the file.
    digest TEXT COLLATE "C" NOT NULL CHECK (length(digest) = 64),
    -- The file: base64 of what zlib makes of it.
    content TEXT NOT NULL,
    PRIMARY KEY (invoice_id, format)
);

-- One line per account and term. The key makes it impossible to bill a term twice. Its references are
-- guards, below: a million lines are checked at once in a tenth of the time that they take one by one.
CREATE TABLE invoice_line (
    account_id BIGINT NOT NULL CHECK (account_id > 0),
    period_start_on TEXT COLLATE "C" NOT NULL,
    period_end_on TEXT COLLATE "C" NOT NULL CHECK (period_end_on > period_start_on),
    invoice_id BIGINT NOT NULL,
    offer_id BIGINT NOT NULL,
    -- As billed.
    address TEXT COLLATE "C",
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    unit_cents BIGINT NOT NULL CHECK (unit_cents >= 0),
    PRIMARY KEY (account_id, period_start_on)
);
CREATE INDEX invoice_line_invoice ON invoice_line (invoice_id);

-- What an offer was called on documents up to one: those stay as they were issued.
CREATE TABLE past_offer_label (
    offer_id BIGINT NOT NULL CHECK (offer_id > 0) REFERENCES offer (id),
    last_invoice_id BIGINT NOT NULL CHECK (last_invoice_id > 0) REFERENCES invoice (id),
    label TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (offer_id, last_invoice_id)
);

-- The lines that credit notes give back, each whole. The key makes it impossible to credit one twice.
CREATE TABLE credit_line (
    account_id BIGINT NOT NULL CHECK (account_id > 0),
    period_start_on TEXT COLLATE "C" NOT NULL,
    invoice_id BIGINT NOT NULL REFERENCES invoice (id),
    PRIMARY KEY (account_id, period_start_on),
    FOREIGN KEY (account_id, period_start_on) REFERENCES invoice_line (account_id, period_start_on)
);
CREATE INDEX credit_line_invoice ON credit_line (invoice_id);

-- What is still to be paid of an invoice, and by when.
CREATE TABLE invoice_open (
    invoice_id BIGINT PRIMARY KEY CHECK (invoice_id > 0) REFERENCES invoice (id),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    due_on TEXT COLLATE "C" NOT NULL,
    credited_cents BIGINT NOT NULL DEFAULT 0 CHECK (credited_cents >= 0),
    open_cents BIGINT NOT NULL CHECK (open_cents >= 0),
    -- Pending payments would pay it: it is not overdue while they may.
    is_covered INTEGER NOT NULL DEFAULT 0 CHECK (is_covered IN (0, 1)),
    paid_on TEXT COLLATE "C",
    -- When money for it was first taken back: that alone gives the customer's days to pay anew.
    taken_back_on TEXT COLLATE "C",
    CHECK ((paid_on IS NULL) = (open_cents > 0))
);
CREATE INDEX invoice_open_due ON invoice_open (due_on) WHERE open_cents > 0;
CREATE INDEX invoice_open_customer ON invoice_open (customer_id) WHERE open_cents > 0;

-- The prepaid accounts: every movement is a row that never changes.
CREATE TABLE ledger (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    seq BIGINT NOT NULL CHECK (seq >= 1),
    moved_on TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL
        CHECK (kind IN ('credit', 'charge', 'payment', 'credit-note', 'refund', 'reversal')),
    amount_cents BIGINT NOT NULL,
    before_cents BIGINT NOT NULL,
    after_cents BIGINT NOT NULL,
    order_number BIGINT REFERENCES purchase_order (number),
    invoice_id BIGINT REFERENCES invoice (id),
    payment_id BIGINT,
    -- The credit or payment that a reversal undoes.
    reverses_id BIGINT REFERENCES ledger (id),
    reason TEXT,
    -- The bank's own for money that came, and the day that the bank counts it from: shown, and no
    -- rule's date.
    reference TEXT COLLATE "C",
    value_on TEXT COLLATE "C",
    CHECK (after_cents = before_cents + amount_cents),
    CHECK (CASE WHEN kind IN ('credit', 'payment', 'credit-note')
           THEN amount_cents >= 0 ELSE amount_cents <= 0 END)
);
CREATE UNIQUE INDEX ledger_seq ON ledger (customer_id, seq);
CREATE UNIQUE INDEX ledger_charge ON ledger (invoice_id) WHERE kind = 'charge';
CREATE UNIQUE INDEX ledger_reversal ON ledger (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX ledger_payment ON ledger (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX ledger_reference ON ledger (customer_id, reference) WHERE reference IS NOT NULL;
CREATE INDEX ledger_bank_reference ON ledger (reference) WHERE reference IS NOT NULL;

-- How a customer pays: a token or a mandate, never a card number.
CREATE TABLE method (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'card', 'paypal')),
    -- Masked: what people are shown.
    label TEXT NOT NULL,
    -- JSON: what the bank or the gateway needs, by kind: iban, bic, holder, mandate, signed_on;
    -- token, brand, last4; agreement.
    details TEXT NOT NULL,
    is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
    expires_on TEXT COLLATE "C",
    added_on TEXT COLLATE "C" NOT NULL,
    removed_on TEXT COLLATE "C",
    -- The mandate's reference as banks compare it; kept after the removal, so that no other
    -- customer gets the same.
    mandate_key TEXT COLLATE "C"
);
CREATE INDEX method_mandate ON method (mandate_key) WHERE mandate_key IS NOT NULL;
CREATE UNIQUE INDEX method_default ON method (customer_id) WHERE is_default = 1;

-- A shortfall that is being collected through a method.
CREATE TABLE payment (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    method_id BIGINT NOT NULL REFERENCES method (id),
    amount_cents BIGINT NOT NULL CHECK (amount_cents > 0),
    status TEXT NOT NULL CHECK (
        status IN ('pending', 'succeeded', 'failed', 'cancelled', 'returned')
    ),
    created_on TEXT COLLATE "C" NOT NULL,
    -- When this try was handed to the bank or gateway; NULL while it waits for that.
    exported_on TEXT COLLATE "C",
    -- The day of the next try, after a failed one.
    next_try_on TEXT COLLATE "C",
    -- The payment that came back and is tried again by this one.
    follows_id BIGINT REFERENCES payment (id),
    -- How many tries failed, those of the payments that it follows too.
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    first_failed_on TEXT COLLATE "C",
    -- The notice that announces this try, and the earliest day of collection that it told.
    notice_id BIGINT,
    told_on TEXT COLLATE "C",
    reference TEXT COLLATE "C",
    settled_on TEXT COLLATE "C",
    reason TEXT
);
CREATE INDEX payment_pending ON payment (customer_id) WHERE status = 'pending';
CREATE INDEX payment_asked ON payment (exported_on) WHERE status = 'pending';
CREATE INDEX payment_reference ON payment (reference) WHERE reference IS NOT NULL;
CREATE UNIQUE INDEX payment_follows ON payment (follows_id) WHERE follows_id IS NOT NULL;
CREATE INDEX payment_notice ON payment (notice_id) WHERE notice_id IS NOT NULL;

-- The files handed to banks and gateways, as they were written.
CREATE TABLE payment_export (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'card', 'paypal')),
    format TEXT NOT NULL CHECK (format IN ('sepa', 'csv')),
    exported_on TEXT COLLATE "C" NOT NULL,
    -- The first day of collection in it; NULL where it has none.
    collect_on TEXT COLLATE "C",
    content TEXT NOT NULL,
    -- An erased customer's entries were taken out of it: it is never written again.
    reduced_on TEXT COLLATE "C"
);

-- The payments that a file asks for: which try of each, the first being 1.
CREATE TABLE payment_export_entry (
    export_id BIGINT NOT NULL CHECK (export_id > 0) REFERENCES payment_export (id),
    payment_id BIGINT NOT NULL CHECK (payment_id > 0) REFERENCES payment (id),
    try INTEGER NOT NULL CHECK (try > 0),
    PRIMARY KEY (export_id, payment_id)
);
CREATE INDEX payment_export_entry_payment ON payment_export_entry (payment_id);

-- Files that banks sent, and that were taken.
CREATE TABLE bank_file (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    -- The SHA-256 of its bytes.
    digest TEXT COLLATE "C" NOT NULL CHECK (length(digest) = 64),
    kind TEXT COLLATE "C" NOT NULL CHECK (
        kind IN ('camt.052', 'camt.053', 'camt.054', 'pain.002', 'mt940', 'csv')
    ),
    name TEXT NOT NULL,
    imported_on TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX bank_file_digest ON bank_file (digest);

-- Statements of one account each; the balances are NULL where the bank gives none.
CREATE TABLE bank_statement (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    file_id BIGINT NOT NULL REFERENCES bank_file (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('camt.052', 'camt.053', 'camt.054', 'mt940', 'csv')),
    account TEXT COLLATE "C" NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    identification TEXT NOT NULL,
    -- Its place in the bank's own count.
    number BIGINT,
    from_on TEXT COLLATE "C",
    to_on TEXT COLLATE "C",
    opening_on TEXT COLLATE "C",
    opening_cents BIGINT,
    closing_on TEXT COLLATE "C",
    closing_cents BIGINT,
    -- How many entries it has, each part of a batch as one.
    entries INTEGER NOT NULL DEFAULT 0 CHECK (entries >= 0),
    CHECK ((opening_cents IS NULL) = (closing_cents IS NULL))
);
CREATE INDEX bank_statement_account ON bank_statement (account, closing_on);
CREATE INDEX bank_statement_file ON bank_statement (file_id);

-- Movements of the seller's account, as the bank wrote them.
CREATE TABLE bank_entry (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    -- The statement by which it was known first.
    statement_id BIGINT NOT NULL REFERENCES bank_statement (id),
    -- What it is known again by: the bank's own reference (`ref:`), or the digest of its content
    -- (`sha:`); how many before it in the store have the same; its place among the parts of a batch.
    entry_key TEXT COLLATE "C" NOT NULL,
    occurrence INTEGER NOT NULL CHECK (occurrence >= 1),
    part INTEGER NOT NULL CHECK (part >= 1),
    parts INTEGER NOT NULL CHECK (parts >= part),
    account TEXT COLLATE "C" NOT NULL,
    booked_on TEXT COLLATE "C" NOT NULL,
    value_on TEXT COLLATE "C",
    amount_cents BIGINT NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    name TEXT,
    iban TEXT COLLATE "C",
    reference TEXT COLLATE "C",
    end_to_end_id TEXT COLLATE "C",
    creditor_reference TEXT COLLATE "C",
    text TEXT,
    -- JSON: what else the bank wrote (domain/statements.py), and what was not understood.
    details TEXT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('unmatched', 'proposed', 'booked', 'ignored')),
    matched_by TEXT COLLATE "C" CHECK (
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
    customer_id BIGINT REFERENCES customer (id),
    invoice_id BIGINT REFERENCES invoice (id),
    order_number BIGINT REFERENCES purchase_order (number),
    payment_id BIGINT REFERENCES payment (id),
    -- What is proposed for linking: money that was recorded by hand, or an entry of the same money.
    ledger_id BIGINT REFERENCES ledger (id),
    same_as_id BIGINT REFERENCES bank_entry (id),
    decided_on TEXT COLLATE "C",
    CHECK (state <> 'booked' OR matched_by IS NOT NULL),
    CHECK (state <> 'proposed' OR evidence IS NOT NULL)
);
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
    entry_id BIGINT NOT NULL CHECK (entry_id > 0) REFERENCES bank_entry (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('camt.052', 'camt.053', 'camt.054', 'mt940', 'csv')),
    entry_key TEXT COLLATE "C",
    PRIMARY KEY (entry_id, kind)
);
CREATE INDEX bank_sighting_key ON bank_sighting (entry_key) WHERE entry_key IS NOT NULL;

-- Which movements of prepaid accounts are an entry's money: made by it, or recorded before and linked.
CREATE TABLE bank_booking (
    ledger_id BIGINT PRIMARY KEY CHECK (ledger_id > 0) REFERENCES ledger (id),
    entry_id BIGINT NOT NULL REFERENCES bank_entry (id),
    is_link INTEGER NOT NULL CHECK (is_link IN (0, 1)),
    -- The day on which a person took the booking back (`bank undo`).
    undone_on TEXT COLLATE "C"
);
CREATE INDEX bank_booking_entry ON bank_booking (entry_id);

-- Answers of status reports, by the payment and the try that they name.
CREATE TABLE bank_status (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    file_id BIGINT NOT NULL REFERENCES bank_file (id),
    message_id TEXT COLLATE "C" NOT NULL,
    batch_id TEXT COLLATE "C" NOT NULL,
    end_to_end_id TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    text TEXT NOT NULL,
    -- The payment whose try failed by it; NULL where it changed nothing.
    payment_id BIGINT REFERENCES payment (id)
);
CREATE INDEX bank_status_file ON bank_status (file_id);
CREATE INDEX bank_status_payment ON bank_status (payment_id) WHERE payment_id IS NOT NULL;

-- A platform's deletion that waits for its token; the token itself is in the unsent notice alone.
CREATE TABLE platform_deletion (
    platform_id BIGINT PRIMARY KEY CHECK (platform_id > 0) REFERENCES platform (id),
    token_digest TEXT NOT NULL,
    valid_until_on TEXT COLLATE "C" NOT NULL
);

-- Service e-mails: what happened, told to the customer. The accounts concerned are notice_account's.
CREATE TABLE notice (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    kind TEXT NOT NULL,
    queued_on TEXT COLLATE "C" NOT NULL,
    invoice_id BIGINT REFERENCES invoice (id),
    order_number BIGINT REFERENCES purchase_order (number),
    platform_id BIGINT REFERENCES platform (id),
    method_id BIGINT REFERENCES method (id),
    -- The payment whose money was taken back, where the notice tells of that.
    payment_id BIGINT REFERENCES payment (id),
    amount_cents BIGINT,
    due_on TEXT COLLATE "C",
    -- A token that the notice tells; emptied once it is sent.
    secret TEXT,
    -- The same for every try, so that a second copy is known as one.
    message_id TEXT,
    -- Somebody is sending it: nobody else may before this instant.
    claimed_until TEXT COLLATE "C",
    -- How many tries began.
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    last_error TEXT,
    -- Not tried again before this instant.
    next_try_at TEXT COLLATE "C",
    -- Why it was not taken at its last try: something about us, at the recipient's whole domain or
    -- for this notice alone; a mailbox that is full; or the document that goes with it, which cannot be
    -- made or is too large.
    waits_for TEXT CHECK (waits_for IN ('us', 'us-alone', 'full', 'document')),
    -- The customer's address refused it for good: the backup address is tried.
    is_at_backup INTEGER NOT NULL DEFAULT 0 CHECK (is_at_backup IN (0, 1)),
    sent_at TEXT COLLATE "C",
    -- It will never be sent: refused for good at every address, of no use any more, or its
    -- customer erased.
    ended_at TEXT COLLATE "C",
    ended_for TEXT CHECK (ended_for IN ('refused', 'outdated', 'erased')),
    CHECK ((ended_at IS NULL) = (ended_for IS NULL)),
    CHECK (sent_at IS NULL OR ended_at IS NULL)
);
CREATE INDEX notice_unsent ON notice (id) WHERE sent_at IS NULL AND ended_at IS NULL;
CREATE INDEX notice_customer ON notice (customer_id);
CREATE INDEX notice_refused ON notice (customer_id) WHERE ended_for = 'refused';

-- The accounts that a notice is about, as they were when it was queued.
CREATE TABLE notice_account (
    notice_id BIGINT NOT NULL CHECK (notice_id > 0) REFERENCES notice (id),
    account_id BIGINT NOT NULL CHECK (account_id > 0) REFERENCES account (id),
    address TEXT COLLATE "C",
    -- The day of the event that the notice tells of: the expiry, the deletion.
    happens_on TEXT COLLATE "C",
    -- For what it was suspended.
    why TEXT CHECK (why IN ('expired', 'debt')),
    PRIMARY KEY (notice_id, account_id)
);
CREATE INDEX notice_account_account ON notice_account (account_id);

-- What was sent, as the customer could read it, with the token left out.
CREATE TABLE notice_text (
    notice_id BIGINT PRIMARY KEY CHECK (notice_id > 0) REFERENCES notice (id),
    language TEXT NOT NULL CHECK (language IN ('fr', 'de', 'en')),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    -- In which form its documents went with it; NULL: it has none.
    document_format TEXT CHECK (
        document_format IN ('pdf', 'facturx', 'ubl', 'xrechnung', 'peppol')
    )
);

-- What the mail server must do, in order of id.
CREATE TABLE task (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    account_id BIGINT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL CHECK (
        kind IN ('create', 'suspend', 'reopen', 'wipe', 'rename', 'delete', 'password', 'export')
    ),
    -- NULL: a rename after which the mailbox has no address, because it is about to be deleted.
    address TEXT COLLATE "C",
    -- For a rename: what the mailbox was called.
    old_address TEXT COLLATE "C",
    -- For an export: what is written, and where; NULL: below the setting's folder, as the mailbox is
    -- about to be deleted.
    format TEXT CHECK (format IN ('maildir', 'mbox')),
    folder TEXT,
    -- It mends what a reconciliation found: a mailbox that is there already keeps its mail.
    mends INTEGER NOT NULL DEFAULT 0 CHECK (mends IN (0, 1)),
    asked_on TEXT COLLATE "C" NOT NULL,
    status TEXT NOT NULL DEFAULT 'todo' CHECK (status IN ('todo', 'done', 'failed', 'skipped')),
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    -- Somebody is doing it: nobody else may before this instant.
    claimed_until TEXT COLLATE "C",
    -- Not tried again before this instant.
    next_try_at TEXT COLLATE "C",
    -- The driver that answered last; NULL: a person did, or nobody yet.
    driver TEXT,
    reason TEXT,
    CHECK ((old_address IS NOT NULL) = (kind = 'rename')),
    CHECK (address IS NOT NULL OR kind = 'rename'),
    CHECK ((format IS NOT NULL) = (kind = 'export')),
    CHECK (folder IS NULL OR kind = 'export')
);
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
    account_id BIGINT PRIMARY KEY CHECK (account_id > 0) REFERENCES account (id),
    -- What the driver knows it by: the account's id, or the name that an adopted one had before.
    name TEXT COLLATE "C" NOT NULL,
    since_on TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX mailbox_name ON mailbox (name);

-- Hashes of mailboxes' passwords; only the driver is given one.
CREATE TABLE mailbox_password (
    account_id BIGINT PRIMARY KEY CHECK (account_id > 0) REFERENCES account (id),
    hash TEXT NOT NULL CHECK (substr(hash, 1, 10) = '$argon2id$'),
    set_on TEXT COLLATE "C" NOT NULL
);

-- Mailboxes that an administrator has locked, whatever is paid (rules 16).
CREATE TABLE account_lock (
    account_id BIGINT PRIMARY KEY CHECK (account_id > 0) REFERENCES account (id),
    locked_on TEXT COLLATE "C" NOT NULL,
    reason TEXT NOT NULL
);

-- Who did what, when. `details` is JSON without personal data; personal details are kept apart, so
-- that they can be erased: here stands only their salted digest.
CREATE TABLE journal (
    seq BIGINT PRIMARY KEY CHECK (seq > 0),
    batch BIGINT NOT NULL,
    happened_on TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    details TEXT,
    personal_digest TEXT
);
CREATE INDEX journal_subject ON journal (subject);
-- Each new batch is looked for among the rows that wait for it.
CREATE INDEX journal_batch ON journal (batch);

CREATE TABLE journal_personal (
    seq BIGINT PRIMARY KEY CHECK (seq > 0) REFERENCES journal (seq),
    salt TEXT NOT NULL CHECK (length(salt) = 32),
    details TEXT NOT NULL
);

-- One digest for each batch of changes that belong together (a command, or a day of the tick), over
-- its new rows of journal, ledger, documents and lines, and over the digest before. Each `last_`
-- column is the highest key that the batch covers, each `_rows` column how many rows of a table.
CREATE TABLE batch (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    happened_on TEXT COLLATE "C" NOT NULL,
    recorded_at TEXT COLLATE "C" NOT NULL,
    actor TEXT NOT NULL,
    command TEXT COLLATE "C" NOT NULL,
    last_seq BIGINT NOT NULL,
    last_ledger_id BIGINT NOT NULL,
    last_invoice_id BIGINT NOT NULL,
    journal_rows BIGINT NOT NULL,
    ledger_rows BIGINT NOT NULL,
    invoice_rows BIGINT NOT NULL,
    credit_line_rows BIGINT NOT NULL,
    invoice_line_rows BIGINT NOT NULL,
    -- The digest of the seals after it; '' before version 3, when there were none.
    state TEXT NOT NULL,
    digest TEXT NOT NULL
);

-- What the other tables hold: for each, the sum of its rows' digests, as 64 hexadecimal digits.
CREATE TABLE seal (
    name TEXT COLLATE "C" PRIMARY KEY,
    sum TEXT COLLATE "C" NOT NULL CHECK (length(sum) = 64)
);

-- The key of those digests, another after each customer is erased. One row.
CREATE TABLE seal_key (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    key TEXT COLLATE "C" NOT NULL CHECK (length(key) = 64)
);

-- A command's idempotency key, kept for ever, with what it was given and what it made.
CREATE TABLE command_key (
    command TEXT COLLATE "C" NOT NULL,
    customer_id BIGINT NOT NULL CHECK (customer_id > 0) REFERENCES customer (id),
    key TEXT COLLATE "C" NOT NULL,
    arguments_digest TEXT NOT NULL,
    -- The number of the order, ledger row or payment that the command made or answered.
    result BIGINT NOT NULL,
    PRIMARY KEY (command, customer_id, key)
);

-- The store was restored from a backup (rules 18): what is gone on from, and what was lost. 1: the
-- first tick, the first payment file and the making of mailboxes wait for a person.
CREATE TABLE restoration (
    id BIGINT PRIMARY KEY CHECK (id > 0),
    restored_on TEXT COLLATE "C" NOT NULL,
    -- When the backup was made, its last transaction, and the digest of that.
    backup_at TEXT COLLATE "C" NOT NULL,
    batch_id BIGINT NOT NULL,
    head TEXT COLLATE "C" NOT NULL,
    -- The last transaction of the lost store; NULL where that could not be read.
    lost_batch_id BIGINT,
    lost_head TEXT COLLATE "C",
    tick_waits INTEGER NOT NULL CHECK (tick_waits IN (0, 1)),
    export_waits INTEGER NOT NULL CHECK (export_waits IN (0, 1)),
    creates_wait INTEGER NOT NULL CHECK (creates_wait IN (0, 1)),
    CHECK ((lost_batch_id IS NULL) = (lost_head IS NULL))
);

-- Numbers of documents that a lost store gave out: none is given again.
CREATE TABLE lost_number (
    series TEXT COLLATE "C" NOT NULL CHECK (series IN ('', 'AV')),
    year INTEGER NOT NULL CHECK (year > 0),
    first_seq BIGINT NOT NULL CHECK (first_seq >= 1),
    last_seq BIGINT NOT NULL CHECK (last_seq >= first_seq),
    restoration_id BIGINT NOT NULL REFERENCES restoration (id),
    PRIMARY KEY (series, year, first_seq)
);

-- By table the highest id that a lost store may have given: none is given again.
CREATE TABLE lost_id (
    name TEXT COLLATE "C" PRIMARY KEY,
    last_id BIGINT NOT NULL CHECK (last_id >= 0)
);

-- By folder the newest backup that was made there.
CREATE TABLE backup (
    folder TEXT COLLATE "C" PRIMARY KEY,
    file TEXT NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    -- Its last transaction, and the digest of that.
    batch_id BIGINT NOT NULL,
    head TEXT COLLATE "C" NOT NULL
);

-- What `find` looks for: words without case and accents (domain/search_words.py), and whose they
-- are. What an address begins with is looked for in the indexes of the addresses.
CREATE TABLE word (
    kind TEXT COLLATE "C" NOT NULL CHECK (
        kind IN (
            'customer', 'domain', 'platform', 'account', 'method', 'payment', 'ledger', 'entry'
        )
    ),
    word TEXT COLLATE "C" NOT NULL,
    row_id BIGINT NOT NULL CHECK (row_id > 0),
    PRIMARY KEY (kind, word, row_id)
);

-- The key of a new row that names none is one more than the highest, as in SQLite. A sequence alone
-- leaves gaps, and keys that rows bring along leave it behind: each statement starts it anew.
CREATE FUNCTION follow_the_last() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    home text := TG_RELID::regclass::text;
    last bigint;
BEGIN
    EXECUTE format('SELECT coalesce(max(%I), 0) FROM %s', TG_ARGV[0], home) INTO last;
    PERFORM setval(pg_get_serial_sequence(home, TG_ARGV[0]), last + 1, false);
    RETURN NULL;
END $$;
CREATE TRIGGER customer_key BEFORE INSERT ON customer
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER domain_key BEFORE INSERT ON domain
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER offer_key BEFORE INSERT ON offer
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER platform_key BEFORE INSERT ON platform
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER purchase_order_key BEFORE INSERT ON purchase_order
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('number');
CREATE TRIGGER account_key BEFORE INSERT ON account
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER invoice_key BEFORE INSERT ON invoice
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER ledger_key BEFORE INSERT ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER method_key BEFORE INSERT ON method
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER payment_key BEFORE INSERT ON payment
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER payment_export_key BEFORE INSERT ON payment_export
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER notice_key BEFORE INSERT ON notice
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER task_key BEFORE INSERT ON task
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');
CREATE TRIGGER batch_key BEFORE INSERT ON batch
    FOR EACH STATEMENT EXECUTE FUNCTION follow_the_last('id');

-- References to tables that come later.
ALTER TABLE account ADD FOREIGN KEY (suspension_notice_id) REFERENCES notice (id);
ALTER TABLE ledger ADD FOREIGN KEY (payment_id) REFERENCES payment (id);
ALTER TABLE payment ADD FOREIGN KEY (notice_id) REFERENCES notice (id);
ALTER TABLE journal ADD FOREIGN KEY (batch) REFERENCES batch (id) DEFERRABLE INITIALLY DEFERRED;

-- The books are written once.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER invoice_kept_u BEFORE UPDATE ON invoice
    FOR EACH ROW EXECUTE FUNCTION refuse('an invoice is never changed');
CREATE TRIGGER invoice_kept_d BEFORE DELETE ON invoice
    FOR EACH ROW EXECUTE FUNCTION refuse('an invoice is never deleted');
CREATE TRIGGER invoice_line_kept_u BEFORE UPDATE ON invoice_line
    FOR EACH ROW EXECUTE FUNCTION refuse('an invoice line is never changed');
CREATE TRIGGER invoice_line_kept_d BEFORE DELETE ON invoice_line
    FOR EACH ROW EXECUTE FUNCTION refuse('an invoice line is never deleted');
CREATE TRIGGER credit_line_kept_u BEFORE UPDATE ON credit_line
    FOR EACH ROW EXECUTE FUNCTION refuse('a credited line is never changed');
CREATE TRIGGER credit_line_kept_d BEFORE DELETE ON credit_line
    FOR EACH ROW EXECUTE FUNCTION refuse('a credited line is never deleted');
CREATE TRIGGER ledger_kept_u BEFORE UPDATE ON ledger
    FOR EACH ROW EXECUTE FUNCTION refuse('a ledger row is never changed');
CREATE TRIGGER ledger_kept_d BEFORE DELETE ON ledger
    FOR EACH ROW EXECUTE FUNCTION refuse('a ledger row is never deleted');
CREATE TRIGGER journal_kept_u BEFORE UPDATE ON journal
    FOR EACH ROW EXECUTE FUNCTION refuse('a journal row is never changed');
CREATE TRIGGER journal_kept_d BEFORE DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION refuse('a journal row is never deleted');
CREATE TRIGGER journal_personal_kept_u BEFORE UPDATE ON journal_personal
    FOR EACH ROW EXECUTE FUNCTION refuse('personal details are erased, never changed');
CREATE TRIGGER batch_kept_u BEFORE UPDATE ON batch
    FOR EACH ROW EXECUTE FUNCTION refuse('a digest of the journal is never changed');
CREATE TRIGGER batch_kept_d BEFORE DELETE ON batch
    FOR EACH ROW EXECUTE FUNCTION refuse('a digest of the journal is never deleted');
CREATE TRIGGER seller_kept_u BEFORE UPDATE ON seller
    FOR EACH ROW EXECUTE FUNCTION refuse('a seller of a document is never changed');
CREATE TRIGGER seller_kept_d BEFORE DELETE ON seller
    FOR EACH ROW EXECUTE FUNCTION refuse('a seller of a document is never deleted');
CREATE TRIGGER document_file_kept_u BEFORE UPDATE ON document_file
    FOR EACH ROW EXECUTE FUNCTION refuse('a document that was sent is never changed');
CREATE FUNCTION refuse_unless_erased() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM invoice i JOIN customer c ON c.id = i.customer_id
        WHERE i.id = OLD.invoice_id AND c.state = 'erased'
    ) THEN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER document_file_kept_d BEFORE DELETE ON document_file
    FOR EACH ROW
    EXECUTE FUNCTION refuse_unless_erased('a document that was sent is deleted only with its customer');
CREATE TRIGGER bank_file_kept_u BEFORE UPDATE ON bank_file
    FOR EACH ROW EXECUTE FUNCTION refuse('a file that a bank sent is never changed');
CREATE TRIGGER bank_file_kept_d BEFORE DELETE ON bank_file
    FOR EACH ROW EXECUTE FUNCTION refuse('a file that a bank sent is never deleted');
CREATE TRIGGER bank_statement_kept_u BEFORE UPDATE ON bank_statement
    FOR EACH ROW EXECUTE FUNCTION refuse('a bank statement is never changed');
CREATE TRIGGER bank_statement_kept_d BEFORE DELETE ON bank_statement
    FOR EACH ROW EXECUTE FUNCTION refuse('a bank statement is never deleted');
-- What the bank wrote stays; its texts go with their customer.
CREATE TRIGGER bank_entry_kept_u BEFORE UPDATE OF
    id, statement_id, occurrence, part, parts, account, booked_on, value_on, amount_cents, currency
ON bank_entry
    FOR EACH ROW EXECUTE FUNCTION refuse('what a bank wrote is never changed');
CREATE FUNCTION refuse_unless_emptied() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF coalesce(
        NEW.name, NEW.iban, NEW.reference, NEW.end_to_end_id, NEW.creditor_reference, NEW.text
    ) IS NOT NULL
        OR NEW.details <> '{}'
        OR NEW.entry_key <> 'erased:' || OLD.id
        OR NOT EXISTS (
            SELECT 1 FROM customer c WHERE c.id = NEW.customer_id AND c.state = 'erased'
        )
    THEN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bank_entry_texts_u BEFORE UPDATE OF
    entry_key, name, iban, reference, end_to_end_id, creditor_reference, text, details
ON bank_entry
    FOR EACH ROW
    EXECUTE FUNCTION refuse_unless_emptied('what a bank wrote is emptied only with its customer');
CREATE TRIGGER bank_entry_kept_d BEFORE DELETE ON bank_entry
    FOR EACH ROW EXECUTE FUNCTION refuse('an entry of a bank statement is never deleted');
-- What a person took back may be another entry's money later.
CREATE TRIGGER bank_booking_kept_u BEFORE UPDATE OF ledger_id, entry_id, is_link ON bank_booking
    FOR EACH ROW WHEN (OLD.undone_on IS NULL OR NEW.ledger_id <> OLD.ledger_id) EXECUTE FUNCTION refuse('whose money a booking is, is never changed');
CREATE TRIGGER bank_booking_kept_d BEFORE DELETE ON bank_booking
    FOR EACH ROW EXECUTE FUNCTION refuse('whose money a booking is, is never deleted');
CREATE TRIGGER bank_status_kept_d BEFORE DELETE ON bank_status
    FOR EACH ROW EXECUTE FUNCTION refuse('an answer of a bank is never deleted');
-- TRUNCATE fires no trigger of rows.
CREATE TRIGGER bank_file_kept_t BEFORE TRUNCATE ON bank_file
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a file that a bank sent is never deleted');
CREATE TRIGGER bank_statement_kept_t BEFORE TRUNCATE ON bank_statement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a bank statement is never deleted');
CREATE TRIGGER bank_entry_kept_t BEFORE TRUNCATE ON bank_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('an entry of a bank statement is never deleted');
CREATE TRIGGER bank_booking_kept_t BEFORE TRUNCATE ON bank_booking
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('whose money a booking is, is never deleted');
CREATE TRIGGER bank_status_kept_t BEFORE TRUNCATE ON bank_status
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('an answer of a bank is never deleted');
CREATE TRIGGER invoice_kept_t BEFORE TRUNCATE ON invoice
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('an invoice is never deleted');
CREATE TRIGGER invoice_line_kept_t BEFORE TRUNCATE ON invoice_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('an invoice line is never deleted');
CREATE TRIGGER credit_line_kept_t BEFORE TRUNCATE ON credit_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a credited line is never deleted');
CREATE TRIGGER ledger_kept_t BEFORE TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a ledger row is never deleted');
CREATE TRIGGER journal_kept_t BEFORE TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a journal row is never deleted');
CREATE TRIGGER seller_kept_t BEFORE TRUNCATE ON seller
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a seller of a document is never deleted');
CREATE TRIGGER document_file_kept_t BEFORE TRUNCATE ON document_file
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a document that was sent is deleted only with its customer');
CREATE TRIGGER batch_kept_t BEFORE TRUNCATE ON batch
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a digest of the journal is never deleted');

-- The guards of new rows look at all rows of a statement at once: one by one they take as long as
-- the rows themselves. They find their tables in this schema alone, whoever writes.

-- A line names an account, an invoice and an offer that are there: a reference like any other, but for
-- all rows of a statement. Lines are never changed, and what they name is never deleted (below).
CREATE FUNCTION refuse_lost_reference() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
DECLARE
    lost bigint;
BEGIN
    EXECUTE format(
        'SELECT n.%1$I FROM new_rows n WHERE NOT EXISTS (SELECT 1 FROM %2$I o WHERE o.id = n.%1$I) LIMIT 1',
        TG_ARGV[0], TG_ARGV[1]
    ) INTO lost;
    IF lost IS NOT NULL THEN
        RAISE EXCEPTION '% % is not there', TG_ARGV[1], lost USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invoice_line_names_account AFTER INSERT ON invoice_line
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_lost_reference('account_id', 'account');
CREATE TRIGGER invoice_line_names_invoice AFTER INSERT ON invoice_line
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_lost_reference('invoice_id', 'invoice');
CREATE TRIGGER invoice_line_names_offer AFTER INSERT ON invoice_line
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_lost_reference('offer_id', 'offer');
CREATE TRIGGER account_named_d BEFORE DELETE ON account
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('an account is never deleted');
CREATE TRIGGER account_named_t BEFORE TRUNCATE ON account
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('an account is never deleted');
CREATE TRIGGER account_named_u BEFORE UPDATE OF id ON account
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('an account keeps its number');
CREATE TRIGGER offer_named_d BEFORE DELETE ON offer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('an offer is never deleted');
CREATE TRIGGER offer_named_t BEFORE TRUNCATE ON offer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('an offer is never deleted');
CREATE TRIGGER offer_named_u BEFORE UPDATE OF id ON offer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('an offer keeps its number');

-- The key refuses a second term from the same day; this, one that shares any day with another.
CREATE FUNCTION refuse_billed_term() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (
        SELECT 1
        FROM new_lines n
            CROSS JOIN LATERAL (
                SELECT l.period_end_on
                FROM invoice_line l
                WHERE l.account_id = n.account_id AND l.period_start_on < n.period_start_on
                ORDER BY l.period_start_on DESC
                LIMIT 1
            ) before
        WHERE before.period_end_on > n.period_start_on
    ) OR EXISTS (
        SELECT 1
        FROM new_lines n
            CROSS JOIN LATERAL (
                SELECT l.period_start_on
                FROM invoice_line l
                WHERE l.account_id = n.account_id AND l.period_start_on > n.period_start_on
                ORDER BY l.period_start_on
                LIMIT 1
            ) behind
        WHERE behind.period_start_on < n.period_end_on
    ) THEN
        RAISE EXCEPTION 'the term, or a part of it, is billed already'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invoice_line_kept_r AFTER INSERT ON invoice_line
    REFERENCING NEW TABLE AS new_lines
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_billed_term();

-- An invoice that a batch covers takes no more lines.
CREATE FUNCTION refuse_late_line() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF (SELECT min(n.invoice_id) FROM new_lines n)
        <= (SELECT b.last_invoice_id FROM batch b ORDER BY b.id DESC LIMIT 1)
    THEN
        RAISE EXCEPTION 'an invoice is never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invoice_line_late AFTER INSERT ON invoice_line
    REFERENCING NEW TABLE AS new_lines
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_line();

-- Settled anew only after what was recorded before was taken back.
CREATE FUNCTION refuse_payment_twice() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (
        SELECT 1
        FROM new_rows n
            JOIN ledger l ON l.payment_id = n.payment_id AND l.kind = 'payment' AND l.id <> n.id
        WHERE n.kind = 'payment' AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id)
    ) THEN
        RAISE EXCEPTION 'the money of a payment is recorded once'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_payment_once AFTER INSERT ON ledger
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_twice();

-- A movement begins with the balance that the one before it left.
CREATE FUNCTION refuse_gap_in_ledger() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (
        SELECT 1
        FROM new_rows n
        WHERE n.before_cents <> coalesce((
            SELECT l.after_cents
            FROM ledger l
            WHERE l.customer_id = n.customer_id AND l.seq < n.seq
            ORDER BY l.seq DESC
            LIMIT 1
        ), 0)
    ) OR EXISTS (
        SELECT 1
        FROM new_rows n
            JOIN ledger l ON l.customer_id = n.customer_id AND l.seq = n.seq + 1
        WHERE l.before_cents <> n.after_cents
    ) THEN
        RAISE EXCEPTION 'a ledger row begins where the one before ends'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_follows AFTER INSERT ON ledger
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_gap_in_ledger();
