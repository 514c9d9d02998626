"""Stories of what administrators do, with exact dates and cents."""
