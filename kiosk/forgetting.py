"""What Textual would keep of screens that have gone: their lines, and with them the names that stood there.

It caches two colours by the very object that holds the drawn lines of a widget, for the last 1,024
widgets: a hundred screens, and some forty megabytes. The colours alone are enough to know them by.
"""

from __future__ import annotations

from textual._styles_cache import StylesCache


def forget_drawn_lines() -> None:
    """Let the cache know colours only; once is enough for the life of the process."""
    cached = StylesCache.__dict__["get_inner_outer"]
    if not isinstance(cached, classmethod):
        StylesCache.get_inner_outer = classmethod(cached)  # type: ignore[method-assign, assignment]
