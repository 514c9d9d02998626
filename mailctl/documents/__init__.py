"""Invoices and credit notes as documents for customers (rules 17)."""
