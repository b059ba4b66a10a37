"""People who sign in: the user model, roles and sign-in."""
