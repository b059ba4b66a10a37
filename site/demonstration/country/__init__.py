"""The fictional Party's country: its places, companies, facilities and what they report. Knows no database."""
