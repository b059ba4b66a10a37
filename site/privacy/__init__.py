"""A person's data: what is held, how long and why, and how it is erased."""
