"""What each action gives back, and what it refuses."""
