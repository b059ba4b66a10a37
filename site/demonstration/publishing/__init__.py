"""The pages of the demonstration: their texts, in three languages, and their place in the tree."""
