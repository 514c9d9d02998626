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
