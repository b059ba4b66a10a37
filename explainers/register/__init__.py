"""The register: pollutants, facilities, releases and transfers (Arts. 5, 7, 12(3))."""
