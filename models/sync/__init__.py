"""Rules of sharing the log: on a kiosk's own database, without any network."""
