"""Words that somebody searches for: `words.py` prepares them, `backend.py` finds them in the index."""
