"""The catalogues of translations: what the sources say, what the .po files answer, and what is wrong with them."""
