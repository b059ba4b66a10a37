"""Slips that prove, offline and years later, what somebody handed in and what became of it."""
