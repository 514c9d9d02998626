"""Why an account or an invoice is as it is, from the journal and the rules, and what comes next."""
