"""The self-assessment against DigComp: pure functions, then what is kept of a sitting and read from many.

``levels``, ``asking``, ``checks``, ``status`` and ``comparing`` know no screen, clock, language or chance.
"""
