"""What administrators are told: advice, explanations, forecasts, reports."""
