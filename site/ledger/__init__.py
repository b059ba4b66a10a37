"""The append-only record of what happened, and the tracking numbers people quote."""
