"""A report as a file: each format is a way of writing the same lines."""
