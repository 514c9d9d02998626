-- A store can move to another place, and tells where it is.
CREATE TABLE moved (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    place TEXT NOT NULL,
    is_copy INTEGER NOT NULL CHECK (is_copy IN (0, 1)),
    moved_at TEXT NOT NULL
) STRICT;
-- The same accounts, by a column that a suspension does not change.
DROP INDEX IF EXISTS account_address;
DROP INDEX IF EXISTS account_domain;
CREATE UNIQUE INDEX account_address ON account (address) WHERE deleted_on IS NULL;
CREATE INDEX account_domain ON account (domain_id) WHERE domain_id IS NOT NULL AND deleted_on IS NULL;
CREATE INDEX account_stopped ON account (state, id) WHERE state <> 'active';
-- The invoice of an order, among those of renewals.
CREATE INDEX invoice_order ON invoice (order_number) WHERE order_number IS NOT NULL;
-- A driver carries tasks out. SQLite cannot change a CHECK: the table is made again.
DROP INDEX IF EXISTS task_todo;
DROP INDEX IF EXISTS task_account;
DROP INDEX IF EXISTS task_renamed;
DROP INDEX IF EXISTS task_wiped;
ALTER TABLE task RENAME TO old_task;
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
INSERT INTO task (id, account_id, kind, address, old_address, asked_on, status, tries, reason)
SELECT id, account_id, kind, address, old_address, asked_on, status, tries, reason
FROM old_task;
DROP TABLE old_task;
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

-- An invoice is a document: what it says of both sides is kept with it. SQLite cannot add a column that
-- older rows fill: the table is made again. Its name in other tables stays as it is.
ALTER TABLE customer ADD COLUMN legal_id TEXT;
ALTER TABLE customer ADD COLUMN endpoint TEXT;
ALTER TABLE customer ADD COLUMN buyer_reference TEXT;
ALTER TABLE customer ADD COLUMN invoice_format TEXT CHECK (
    invoice_format IN ('pdf', 'facturx', 'ubl', 'xrechnung', 'peppol', 'none')
);
-- The seller as documents show them: one row for each state of the settings that was used.
CREATE TABLE seller (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    -- JSON: what identifies and reaches them, their bank and the legal mentions of each language.
    details TEXT NOT NULL,
    -- Base64 of a PNG or JPEG.
    logo TEXT
) STRICT;

PRAGMA legacy_alter_table = ON;
DROP TRIGGER IF EXISTS invoice_kept_u;
DROP TRIGGER IF EXISTS invoice_kept_d;
DROP TRIGGER IF EXISTS invoice_kept_r;
DROP INDEX IF EXISTS invoice_number;
DROP INDEX IF EXISTS invoice_customer;
DROP INDEX IF EXISTS invoice_order;
ALTER TABLE invoice RENAME TO old_invoice;
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
INSERT INTO invoice (
    id, series, year, seq, customer_id, order_number, corrects_id, issued_on, net_cents, tax_rate,
    tax_category, tax_cents, total_cents, tax_note, seller, buyer_name, buyer_street, buyer_postcode,
    buyer_city, buyer_country, buyer_vat_number, reason
)
SELECT
    id, series, year, seq, customer_id, order_number, corrects_id, issued_on, net_cents, tax_rate,
    CASE
        WHEN tax_rate > 0 THEN 'S'
        WHEN tax_note LIKE '%Reverse charge%' THEN 'AE'
        WHEN tax_note IS NOT NULL THEN 'O'
        ELSE 'Z'
    END,
    tax_cents, total_cents, tax_note, seller, buyer_name, buyer_street, buyer_postcode,
    buyer_city, buyer_country, buyer_vat_number, reason
FROM old_invoice;
DROP TABLE old_invoice;
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX invoice_number ON invoice (series, year, seq);
CREATE INDEX invoice_customer ON invoice (customer_id);
CREATE INDEX invoice_order ON invoice (order_number) WHERE order_number IS NOT NULL;
CREATE TRIGGER invoice_kept_u BEFORE UPDATE ON invoice
BEGIN SELECT RAISE(ABORT, 'an invoice is never changed'); END;
CREATE TRIGGER invoice_kept_d BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'an invoice is never deleted'); END;
CREATE TRIGGER invoice_kept_r BEFORE INSERT ON invoice
WHEN EXISTS (SELECT 1 FROM invoice i WHERE i.id = NEW.id) OR EXISTS (
    SELECT 1 FROM invoice i WHERE i.series = NEW.series AND i.year = NEW.year AND i.seq = NEW.seq
)
BEGIN SELECT RAISE(ABORT, 'an invoice is never replaced'); END;

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
CREATE TRIGGER seller_kept_u BEFORE UPDATE ON seller
BEGIN SELECT RAISE(ABORT, 'a seller of a document is never changed'); END;
CREATE TRIGGER seller_kept_d BEFORE DELETE ON seller
BEGIN SELECT RAISE(ABORT, 'a seller of a document is never deleted'); END;
CREATE TRIGGER seller_kept_r BEFORE INSERT ON seller
WHEN EXISTS (SELECT 1 FROM seller s WHERE s.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a seller of a document is never replaced'); END;

-- A letter can wait for the document that goes with it, and keeps in which form that went.
PRAGMA legacy_alter_table = ON;
DROP INDEX IF EXISTS notice_unsent;
DROP INDEX IF EXISTS notice_customer;
DROP INDEX IF EXISTS notice_refused;
ALTER TABLE notice RENAME TO old_notice;
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
INSERT INTO notice (
    id, customer_id, kind, queued_on, invoice_id, order_number, platform_id, method_id,
    payment_id, amount_cents, due_on, secret, message_id, claimed_until, tries, last_error,
    next_try_at, waits_for, is_at_backup, sent_at, ended_at, ended_for
)
SELECT
    id, customer_id, kind, queued_on, invoice_id, order_number, platform_id, method_id,
    payment_id, amount_cents, due_on, secret, message_id, claimed_until, tries, last_error,
    next_try_at, waits_for, is_at_backup, sent_at, ended_at, ended_for
FROM old_notice;
DROP TABLE old_notice;
ALTER TABLE notice_text RENAME TO old_notice_text;
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
INSERT INTO notice_text (notice_id, language, recipient, subject, body)
SELECT notice_id, language, recipient, subject, body
FROM old_notice_text;
DROP TABLE old_notice_text;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX notice_unsent ON notice (id) WHERE sent_at IS NULL AND ended_at IS NULL;
CREATE INDEX notice_customer ON notice (customer_id);
CREATE INDEX notice_refused ON notice (customer_id) WHERE ended_for = 'refused';
CREATE TRIGGER document_file_kept_u BEFORE UPDATE ON document_file
BEGIN SELECT RAISE(ABORT, 'a document that was sent is never changed'); END;
CREATE TRIGGER document_file_kept_d BEFORE DELETE ON document_file
WHEN NOT EXISTS (
    SELECT 1 FROM invoice i JOIN customer c ON c.id = i.customer_id
    WHERE i.id = OLD.invoice_id AND c.state = 'erased'
)
BEGIN SELECT RAISE(ABORT, 'a document that was sent is deleted only with its customer'); END;
CREATE TRIGGER document_file_kept_r BEFORE INSERT ON document_file
WHEN EXISTS (
    SELECT 1 FROM document_file f WHERE f.invoice_id = NEW.invoice_id AND f.format = NEW.format
)
BEGIN SELECT RAISE(ABORT, 'a document that was sent is never replaced'); END;

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

-- By which money that was recorded by hand is recognised.
CREATE INDEX ledger_bank_reference ON ledger (reference) WHERE reference IS NOT NULL;
CREATE INDEX payment_reference ON payment (reference) WHERE reference IS NOT NULL;

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

-- Entries are found by words, too. SQLite cannot change a CHECK: the table is made again.
ALTER TABLE word RENAME TO old_word;
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
INSERT INTO word (kind, word, row_id)
SELECT kind, word, row_id
FROM old_word;
DROP TABLE old_word;
