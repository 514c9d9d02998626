"""The pages keep their word: what they show is typed, and what they say exists."""
