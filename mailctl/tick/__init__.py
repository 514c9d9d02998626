"""What time does: one module for each step of a day, in the order that steps.py has."""
