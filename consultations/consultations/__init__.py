"""Consultations on changes to the register (Art. 13)."""
