"""What administrators can ask: advice, explanations, forecasts, reports (rules 13, 14)."""
