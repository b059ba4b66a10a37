"""The register's public pages: thin, reading through queries and selectors, rendering components of the design."""
