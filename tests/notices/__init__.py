"""What customers are told: the texts, their delivery, and that they are told in time."""
