"""What administrators read: advice, explanations, forecasts, reports."""
