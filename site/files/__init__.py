"""Files from strangers: checked by content, kept apart, let out only as a released rendition."""
