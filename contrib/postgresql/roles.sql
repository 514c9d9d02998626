-- The owner, who runs mailctl, and a reader, for reports and other programs. Run once, on the primary:
--     sudo -u postgres psql -f roles.sql
-- Then give each a password that psql asks for: \password mailctl, \password mailctl_reader
CREATE ROLE mailctl LOGIN;
CREATE ROLE mailctl_reader LOGIN;
CREATE DATABASE mailctl OWNER mailctl TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE mailctl FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE mailctl TO mailctl_reader;
-- What `mailctl init` will make there.
\connect mailctl
ALTER DEFAULT PRIVILEGES FOR ROLE mailctl GRANT USAGE ON SCHEMAS TO mailctl_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE mailctl GRANT SELECT ON TABLES TO mailctl_reader;
