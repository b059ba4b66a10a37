"""The demonstration: a fictional Party built through the domain functions, removable exactly."""
