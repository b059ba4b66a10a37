"""Messages to people, sent by the worker."""
