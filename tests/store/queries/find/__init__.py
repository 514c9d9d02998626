"""What `find` compares."""
