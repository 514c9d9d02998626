"""A module for each noun of the command line, and one for each verb that is long enough."""
