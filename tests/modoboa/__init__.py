"""The Modoboa driver against a real Modoboa, on this machine alone."""
