"""The requests for information of the demonstration, as they are written down before they are played."""
