"""What people read, hear and look at: texts, themes, catalogue, corners. No logic.

Everything here is data with a small loader; nothing in this room decides anything.
"""
