-- The owner, who runs mailctl, and a reader, for reports and other programs. Run once, on the primary:
--     sudo -u postgres psql -f roles.sql
-- Then give each a password that psql asks for: \password mailctl, \password mailctl_reader
CREATE ROLE mailctl LOGIN;
CREATE ROLE mailctl_reader LOGIN;
ALTER ROLE mailctl_reader SET default_transaction_read_only = on;
CREATE DATABASE mailctl OWNER mailctl TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE mailctl FROM PUBLIC;
GRANT CONNECT ON DATABASE mailctl TO mailctl_reader;
