"""What banks send is read as they meant it, and nothing else is."""
