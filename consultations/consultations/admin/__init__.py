"""The officials' side of consultations in the Wagtail admin: thin views over `domain/` and `permissions.py`."""
