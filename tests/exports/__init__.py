"""The books as others read them: accounting programs, tax offices, banks."""
