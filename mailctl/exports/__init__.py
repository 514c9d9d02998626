"""Files for other people's programs: books for accounting, payments for banks and gateways."""
