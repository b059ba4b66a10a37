"""Pages for people about their own data."""
