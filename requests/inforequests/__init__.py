"""Requests for information of the register, their answers and reviews (Arts. 11(2), 12 and 14 of the Protocol)."""
