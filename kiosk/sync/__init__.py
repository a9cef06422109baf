"""Sharing the log: with the hub over a network, or in a sealed file on a USB stick."""
