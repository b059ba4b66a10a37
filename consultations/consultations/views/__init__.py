"""The public views of consultations: sending a comment, following it, reading what others said."""
