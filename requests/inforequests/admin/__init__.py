"""The officials' and the reviewers' side, in the admin."""
