-- A store can move to another place, and tells where it is.
CREATE TABLE moved (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    place TEXT NOT NULL,
    is_copy INTEGER NOT NULL CHECK (is_copy IN (0, 1)),
    moved_at TEXT NOT NULL
) STRICT;
-- The same accounts, by a column that a suspension does not change.
DROP INDEX account_address;
DROP INDEX account_domain;
CREATE UNIQUE INDEX account_address ON account (address) WHERE deleted_on IS NULL;
CREATE INDEX account_domain ON account (domain_id) WHERE domain_id IS NOT NULL AND deleted_on IS NULL;
CREATE INDEX account_stopped ON account (state, id) WHERE state <> 'active';
-- The invoice of an order, among those of renewals.
CREATE INDEX invoice_order ON invoice (order_number) WHERE order_number IS NOT NULL;
