-- Schema 3, as it was released: what `init` made then, without its comments. Never changed.
PRAGMA application_id = 1296258124;
PRAGMA user_version = 3;
CREATE TABLE store (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    created_at TEXT NOT NULL,
    clock TEXT NOT NULL CHECK (clock IN ('wall', 'manual')),
    timezone TEXT NOT NULL,
    seller_country TEXT NOT NULL CHECK (length(seller_country) = 2),
    currency TEXT NOT NULL CHECK (length(currency) = 3)
) STRICT;
CREATE TABLE clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    reached_on TEXT NOT NULL,
    last_tick_on TEXT,
    last_tick_at TEXT,
    erasing_since_on TEXT
) STRICT;
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
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
    payment_days INTEGER CHECK (payment_days BETWEEN 1 AND 365),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'erased')),
    balance_cents INTEGER NOT NULL DEFAULT 0,
    debt_since_on TEXT,
    alert_cents INTEGER NOT NULL DEFAULT 0 CHECK (alert_cents >= 0),
    grace_until_on TEXT,
    uncollected_cents INTEGER NOT NULL DEFAULT 0 CHECK (uncollected_cents >= 0),
    created_on TEXT NOT NULL,
    closed_on TEXT,
    CHECK ((debt_since_on IS NULL) = (balance_cents >= 0))
) STRICT;
CREATE UNIQUE INDEX customer_slug ON customer (slug);
CREATE INDEX customer_debtor ON customer (id) WHERE balance_cents < 0;
CREATE TABLE domain (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    name TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    claimed_on TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX domain_name ON domain (name);
CREATE INDEX domain_customer ON domain (customer_id);
CREATE TABLE offer (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    like_id INTEGER REFERENCES offer (id) CHECK (like_id < id),
    expiry_of TEXT NOT NULL CHECK (expiry_of IN ('account', 'platform')),
    closed_on TEXT
) STRICT;
CREATE UNIQUE INDEX offer_name ON offer (name);
CREATE TABLE price (
    offer_id INTEGER NOT NULL CHECK (offer_id > 0) REFERENCES offer (id),
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    from_on TEXT NOT NULL,
    cents INTEGER NOT NULL CHECK (cents >= 0),
    PRIMARY KEY (offer_id, period, from_on)
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_price (
    customer_id INTEGER NOT NULL CHECK (customer_id > 0) REFERENCES customer (id),
    offer_id INTEGER NOT NULL CHECK (offer_id > 0) REFERENCES offer (id),
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    from_on TEXT NOT NULL,
    cents INTEGER CHECK (cents >= 0),
    is_end INTEGER NOT NULL DEFAULT 0 CHECK (is_end IN (0, 1)),
    PRIMARY KEY (customer_id, offer_id, period, from_on)
) STRICT, WITHOUT ROWID;
CREATE TABLE tax_rate (
    country TEXT NOT NULL CHECK (length(country) = 2),
    from_on TEXT NOT NULL,
    rate INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 9999),
    PRIMARY KEY (country, from_on)
) STRICT, WITHOUT ROWID;
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
CREATE UNIQUE INDEX order_open_debt ON purchase_order (customer_id)
    WHERE kind = 'debt' AND status = 'not-paid';
CREATE TABLE account (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    platform_id INTEGER NOT NULL REFERENCES platform (id),
    address TEXT,
    domain_id INTEGER REFERENCES domain (id),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'deleted')),
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    renewal TEXT NOT NULL CHECK (renewal IN ('monthly', 'yearly', 'none')),
    renewal_before_cancel TEXT CHECK (renewal_before_cancel IN ('monthly', 'yearly', 'none')),
    order_number INTEGER REFERENCES purchase_order (number),
    ordered_on TEXT NOT NULL,
    anchor_day INTEGER NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
    expires_on TEXT NOT NULL,
    reset_on TEXT,
    suspended_on TEXT,
    suspended_for TEXT CHECK (suspended_for IN ('expired', 'debt')),
    deletes_on TEXT,
    deleted_on TEXT,
    suspension_notice_id INTEGER REFERENCES notice (id),
    next_on TEXT GENERATED ALWAYS AS (
        CASE state WHEN 'active' THEN expires_on WHEN 'suspended' THEN deletes_on END
    ) STORED,
    CHECK ((address IS NULL) = (domain_id IS NULL)),
    CHECK (address NOT GLOB '*[A-Z]*'),
    CHECK ((deleted_on IS NOT NULL) = (state = 'deleted')),
    CHECK (state = 'deleted' OR (suspended_on IS NOT NULL) = (state = 'suspended')),
    CHECK ((suspended_on IS NULL) = (suspended_for IS NULL)),
    CHECK ((suspended_on IS NULL) = (deletes_on IS NULL))
) STRICT;
CREATE UNIQUE INDEX account_address ON account (address) WHERE state <> 'deleted';
CREATE INDEX account_last_address ON account (address)
    WHERE state = 'deleted' AND address IS NOT NULL;
CREATE INDEX account_platform ON account (platform_id, state);
CREATE INDEX account_next ON account (next_on, state) WHERE next_on IS NOT NULL;
CREATE INDEX account_domain ON account (domain_id) WHERE domain_id IS NOT NULL AND state <> 'deleted';
CREATE TABLE kept_price (
    account_id INTEGER NOT NULL CHECK (account_id > 0) REFERENCES account (id),
    starts_on TEXT NOT NULL,
    cents INTEGER NOT NULL CHECK (cents >= 0),
    PRIMARY KEY (account_id, starts_on)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE invoice (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    series TEXT NOT NULL CHECK (series IN ('', 'AV')),
    year INTEGER NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 1),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    order_number INTEGER REFERENCES purchase_order (number),
    corrects_id INTEGER REFERENCES invoice (id),
    issued_on TEXT NOT NULL,
    net_cents INTEGER NOT NULL CHECK (net_cents >= 0),
    tax_rate INTEGER NOT NULL CHECK (tax_rate >= 0),
    tax_cents INTEGER NOT NULL CHECK (tax_cents >= 0),
    total_cents INTEGER NOT NULL CHECK (total_cents = net_cents + tax_cents),
    tax_note TEXT,
    seller TEXT NOT NULL,
    buyer_name TEXT NOT NULL,
    buyer_street TEXT,
    buyer_postcode TEXT,
    buyer_city TEXT,
    buyer_country TEXT NOT NULL,
    buyer_vat_number TEXT,
    reason TEXT,
    CHECK ((series = 'AV') = (corrects_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX invoice_number ON invoice (series, year, seq);
CREATE INDEX invoice_customer ON invoice (customer_id);
CREATE TABLE invoice_line (
    account_id INTEGER NOT NULL CHECK (account_id > 0) REFERENCES account (id),
    period_start_on TEXT NOT NULL,
    period_end_on TEXT NOT NULL CHECK (period_end_on > period_start_on),
    invoice_id INTEGER NOT NULL REFERENCES invoice (id),
    offer_id INTEGER NOT NULL REFERENCES offer (id),
    address TEXT,
    period TEXT NOT NULL CHECK (period IN ('monthly', 'yearly')),
    unit_cents INTEGER NOT NULL CHECK (unit_cents >= 0),
    PRIMARY KEY (account_id, period_start_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_line_invoice ON invoice_line (invoice_id);
CREATE TABLE past_offer_label (
    offer_id INTEGER NOT NULL CHECK (offer_id > 0) REFERENCES offer (id),
    last_invoice_id INTEGER NOT NULL CHECK (last_invoice_id > 0) REFERENCES invoice (id),
    label TEXT NOT NULL,
    PRIMARY KEY (offer_id, last_invoice_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE credit_line (
    account_id INTEGER NOT NULL CHECK (account_id > 0),
    period_start_on TEXT NOT NULL,
    invoice_id INTEGER NOT NULL REFERENCES invoice (id),
    PRIMARY KEY (account_id, period_start_on),
    FOREIGN KEY (account_id, period_start_on) REFERENCES invoice_line (account_id, period_start_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX credit_line_invoice ON credit_line (invoice_id);
CREATE TABLE invoice_open (
    invoice_id INTEGER PRIMARY KEY CHECK (invoice_id > 0) REFERENCES invoice (id),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    due_on TEXT NOT NULL,
    credited_cents INTEGER NOT NULL DEFAULT 0 CHECK (credited_cents >= 0),
    open_cents INTEGER NOT NULL CHECK (open_cents >= 0),
    is_covered INTEGER NOT NULL DEFAULT 0 CHECK (is_covered IN (0, 1)),
    paid_on TEXT,
    taken_back_on TEXT,
    CHECK ((paid_on IS NULL) = (open_cents > 0))
) STRICT;
CREATE INDEX invoice_open_due ON invoice_open (due_on) WHERE open_cents > 0;
CREATE INDEX invoice_open_customer ON invoice_open (customer_id) WHERE open_cents > 0;
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
    reverses_id INTEGER REFERENCES ledger (id),
    reason TEXT,
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
CREATE TABLE method (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'card', 'paypal')),
    label TEXT NOT NULL,
    details TEXT NOT NULL,
    is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
    expires_on TEXT,
    added_on TEXT NOT NULL,
    removed_on TEXT,
    mandate_key TEXT
) STRICT;
CREATE INDEX method_mandate ON method (mandate_key) WHERE mandate_key IS NOT NULL;
CREATE UNIQUE INDEX method_default ON method (customer_id) WHERE is_default = 1;
CREATE TABLE payment (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    method_id INTEGER NOT NULL REFERENCES method (id),
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    status TEXT NOT NULL CHECK (
        status IN ('pending', 'succeeded', 'failed', 'cancelled', 'returned')
    ),
    created_on TEXT NOT NULL,
    exported_on TEXT,
    next_try_on TEXT,
    follows_id INTEGER REFERENCES payment (id),
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    first_failed_on TEXT,
    notice_id INTEGER REFERENCES notice (id),
    told_on TEXT,
    reference TEXT,
    settled_on TEXT,
    reason TEXT
) STRICT;
CREATE INDEX payment_pending ON payment (customer_id) WHERE status = 'pending';
CREATE INDEX payment_asked ON payment (exported_on) WHERE status = 'pending';
CREATE UNIQUE INDEX payment_follows ON payment (follows_id) WHERE follows_id IS NOT NULL;
CREATE INDEX payment_notice ON payment (notice_id) WHERE notice_id IS NOT NULL;
CREATE TABLE payment_export (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'card', 'paypal')),
    format TEXT NOT NULL CHECK (format IN ('sepa', 'csv')),
    exported_on TEXT NOT NULL,
    collect_on TEXT,
    content TEXT NOT NULL,
    reduced_on TEXT
) STRICT;
CREATE TABLE payment_export_entry (
    export_id INTEGER NOT NULL CHECK (export_id > 0) REFERENCES payment_export (id),
    payment_id INTEGER NOT NULL CHECK (payment_id > 0) REFERENCES payment (id),
    try INTEGER NOT NULL CHECK (try > 0),
    PRIMARY KEY (export_id, payment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_export_entry_payment ON payment_export_entry (payment_id);
CREATE TABLE platform_deletion (
    platform_id INTEGER PRIMARY KEY CHECK (platform_id > 0) REFERENCES platform (id),
    token_digest TEXT NOT NULL,
    valid_until_on TEXT NOT NULL
) STRICT;
CREATE TABLE notice (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    kind TEXT NOT NULL,
    queued_on TEXT NOT NULL,
    invoice_id INTEGER REFERENCES invoice (id),
    order_number INTEGER REFERENCES purchase_order (number),
    platform_id INTEGER REFERENCES platform (id),
    method_id INTEGER REFERENCES method (id),
    payment_id INTEGER REFERENCES payment (id),
    amount_cents INTEGER,
    due_on TEXT,
    secret TEXT,
    message_id TEXT,
    claimed_until TEXT,
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    last_error TEXT,
    next_try_at TEXT,
    waits_for TEXT CHECK (waits_for IN ('us', 'us-alone', 'full')),
    is_at_backup INTEGER NOT NULL DEFAULT 0 CHECK (is_at_backup IN (0, 1)),
    sent_at TEXT,
    ended_at TEXT,
    ended_for TEXT CHECK (ended_for IN ('refused', 'outdated', 'erased')),
    CHECK ((ended_at IS NULL) = (ended_for IS NULL)),
    CHECK (sent_at IS NULL OR ended_at IS NULL)
) STRICT;
CREATE INDEX notice_unsent ON notice (id) WHERE sent_at IS NULL AND ended_at IS NULL;
CREATE INDEX notice_customer ON notice (customer_id);
CREATE INDEX notice_refused ON notice (customer_id) WHERE ended_for = 'refused';
CREATE TABLE notice_account (
    notice_id INTEGER NOT NULL CHECK (notice_id > 0) REFERENCES notice (id),
    account_id INTEGER NOT NULL CHECK (account_id > 0) REFERENCES account (id),
    address TEXT,
    happens_on TEXT,
    why TEXT CHECK (why IN ('expired', 'debt')),
    PRIMARY KEY (notice_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_account_account ON notice_account (account_id);
CREATE TABLE notice_text (
    notice_id INTEGER PRIMARY KEY CHECK (notice_id > 0) REFERENCES notice (id),
    language TEXT NOT NULL CHECK (language IN ('fr', 'de', 'en')),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE task (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    account_id INTEGER NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL
        CHECK (kind IN ('create', 'suspend', 'reopen', 'wipe', 'rename', 'delete')),
    address TEXT NOT NULL,
    old_address TEXT,
    asked_on TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'todo' CHECK (status IN ('todo', 'done', 'failed')),
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    reason TEXT,
    CHECK ((old_address IS NOT NULL) = (kind = 'rename'))
) STRICT;
CREATE INDEX task_todo ON task (id) WHERE status = 'todo';
CREATE INDEX task_account ON task (account_id);
CREATE INDEX task_renamed ON task (old_address) WHERE kind = 'rename';
CREATE INDEX task_wiped ON task (address) WHERE kind = 'wipe';
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
CREATE INDEX journal_batch ON journal (batch);
CREATE TABLE journal_personal (
    seq INTEGER PRIMARY KEY CHECK (seq > 0) REFERENCES journal (seq),
    salt TEXT NOT NULL CHECK (length(salt) = 32),
    details TEXT NOT NULL
) STRICT;
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
    state TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;
CREATE TABLE seal (
    name TEXT PRIMARY KEY,
    sum TEXT NOT NULL CHECK (length(sum) = 64)
) STRICT, WITHOUT ROWID;
CREATE TABLE seal_key (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    key TEXT NOT NULL CHECK (length(key) = 64)
) STRICT;
CREATE TABLE command_key (
    command TEXT NOT NULL,
    customer_id INTEGER NOT NULL CHECK (customer_id > 0) REFERENCES customer (id),
    key TEXT NOT NULL,
    arguments_digest TEXT NOT NULL,
    result INTEGER NOT NULL,
    PRIMARY KEY (command, customer_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE word (
    kind TEXT NOT NULL
        CHECK (kind IN ('customer', 'domain', 'platform', 'account', 'method', 'payment', 'ledger')),
    word TEXT NOT NULL,
    row_id INTEGER NOT NULL CHECK (row_id > 0),
    PRIMARY KEY (kind, word, row_id)
) STRICT, WITHOUT ROWID;
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
CREATE TRIGGER invoice_kept_r BEFORE INSERT ON invoice
WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.id = NEW.id) OR EXISTS (
    SELECT 1 FROM invoice i WHERE i.series = NEW.series AND i.year = NEW.year AND i.seq = NEW.seq
)
BEGIN SELECT RAISE(ABORT, 'an invoice is never replaced'); END;
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
