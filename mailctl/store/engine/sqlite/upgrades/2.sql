-- Notices are sent: how far each has come, what it said, and the accounts as they were told of.
-- And closing a batch does not look through the whole journal any more.
CREATE TEMP TABLE kept_notice AS SELECT * FROM notice;
CREATE TEMP TABLE kept_notice_account AS SELECT * FROM notice_account;
DROP TABLE notice_account;
DROP TABLE notice;
CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    kind TEXT NOT NULL,
    queued_on TEXT NOT NULL,
    invoice_id INTEGER REFERENCES invoice (id),
    order_number INTEGER REFERENCES purchase_order (number),
    platform_id INTEGER REFERENCES platform (id),
    method_id INTEGER REFERENCES method (id),
    amount_cents INTEGER,
    due_on TEXT,
    secret TEXT,
    message_id TEXT,
    claimed_until TEXT,
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    last_error TEXT,
    next_try_at TEXT,
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
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    address TEXT,
    happens_on TEXT,
    why TEXT CHECK (why IN ('expired', 'debt')),
    PRIMARY KEY (notice_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_account_account ON notice_account (account_id);
CREATE TABLE notice_text (
    notice_id INTEGER PRIMARY KEY REFERENCES notice (id),
    language TEXT NOT NULL CHECK (language IN ('fr', 'de', 'en')),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
INSERT INTO notice (id, customer_id, kind, queued_on, invoice_id, order_number, platform_id, amount_cents, due_on,
    secret, sent_at, tries, last_error)
SELECT id, customer_id, kind, queued_on, invoice_id, order_number, platform_id, amount_cents, due_on,
    secret, sent_at, tries, last_error FROM kept_notice ORDER BY id;
INSERT INTO notice_account (notice_id, account_id, address, happens_on, why)
SELECT k.notice_id, k.account_id, a.address, coalesce(a.next_on, a.deleted_on),
    CASE WHEN n.kind = 'accounts-suspended' THEN a.suspended_for END
FROM kept_notice_account k JOIN account a ON a.id = k.account_id JOIN notice n ON n.id = k.notice_id
ORDER BY k.notice_id, k.account_id;
DROP TABLE kept_notice_account;
DROP TABLE kept_notice;
CREATE INDEX journal_batch ON journal (batch);
