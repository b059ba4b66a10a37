"""One archive from a running site, and the way back from it."""
