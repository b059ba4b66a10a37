"""Reads the files of registers: what a file is, what its rows say, and what that changes in the register."""
