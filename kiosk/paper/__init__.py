"""What leaves the kiosk on paper or as a file: cards, invitations, lists of codes.

Everything here turns plain values into bytes or text; nothing reads the database, the clock or the
settings, and the same input always gives the same bytes.
"""
