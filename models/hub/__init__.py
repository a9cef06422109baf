"""The hub: the log of every corner in one PostgreSQL, and the three functions that a kiosk may call."""
