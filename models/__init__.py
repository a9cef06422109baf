"""What is true: tables, and the rules that act on them. No screen, no device, no text for people.

A rule is a function: it takes the open connection or session, the time and what it needs to know,
never opens, commits or reads the clock itself, and returns a small frozen dataclass.
"""
