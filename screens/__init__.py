"""What people see and touch: one screen a file, small shared widgets. No SQL, no device.

Screens know the app only as a type. They show what they are given and ask, by messages that bubble
up, for everything else.
"""
