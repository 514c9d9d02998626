"""What a full disk, a failing one and a killed process leave behind."""
