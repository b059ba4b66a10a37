"""Following what happens: by mail, Atom feed or calendar, with a yes before and one click to stop."""
