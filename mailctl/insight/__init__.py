"""What an administrator can be told: advice, explanations, forecasts, reports (rules 13, 14)."""
