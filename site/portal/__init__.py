"""The project: settings, addresses, home and standard pages, site search."""
