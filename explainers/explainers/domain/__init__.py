"""Writes: bringing along the project's texts, and keeping what the figures were when a text was published."""
