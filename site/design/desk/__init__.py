"""What the officials' desks of all areas share in the admin: lists, acts, forms, tags. Knows no area."""
