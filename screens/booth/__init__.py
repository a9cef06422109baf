"""The video CV: a text to choose, a page that turns by itself, a film and the way home with it."""
