"""Charts: one description gives an accessible SVG, words, a table and a CSV. Only this package imports matplotlib."""
