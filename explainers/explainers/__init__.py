"""Plain-language pages on each pollutant, bound to the entries of the register (Arts. 5 and 15(1) of the Protocol)."""
