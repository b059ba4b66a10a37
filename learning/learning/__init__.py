"""Programmes, their units and exercises, assessment and certificates (Art. 15 of the Protocol)."""
