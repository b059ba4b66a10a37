"""Tracking numbers that people quote, what their keys open, and guards against machines."""
