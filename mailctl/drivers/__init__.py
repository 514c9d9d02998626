"""Mail servers: the protocol between mailctl and a driver, and the drivers that come with it."""
