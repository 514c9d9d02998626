"""The words that customers read, in three languages: of letters and of documents."""
