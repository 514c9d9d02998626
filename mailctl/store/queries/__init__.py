"""Read models: what lists, letters, explanations, advice and reports ask of several tables."""
