"""Writes to the register: reference data and loads."""
