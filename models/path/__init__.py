"""A person's path, from the first morning to the page on the Forem site: derived, never stored."""
