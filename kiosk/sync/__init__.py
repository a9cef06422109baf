"""Sharing the log with the other kiosks of the corner: over the network, and by file."""
