"""What a file is, by its content alone; neither its name nor what the browser claims is asked."""

from files.looks.looking import Found, look_at

__all__ = ["Found", "look_at"]
