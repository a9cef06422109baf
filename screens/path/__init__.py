"""Mon parcours: where somebody stands, and what they can do next."""
