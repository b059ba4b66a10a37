"""What the templates of this and other rooms ask."""
