"""What an administrator can be told: advice, explanations, forecasts, reports (SPEC 13, 14)."""
