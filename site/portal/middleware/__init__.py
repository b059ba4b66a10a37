"""What every request and response passes through, one file for each concern; the order is in the settings."""
