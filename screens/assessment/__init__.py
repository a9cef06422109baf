"""Faire le point: the screens of the self-assessment, one question each."""
