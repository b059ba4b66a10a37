"""The public views of requests: asking, following one's request, acting on it, reading what others were answered."""
