"""Versions of the hub's schema."""
