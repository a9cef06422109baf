"""Measures the kiosk against a bare Textual program, a floor program and raw SQLite, in one run."""

READY = "ready"
"""What the bare and the floor program show when they are ready."""
