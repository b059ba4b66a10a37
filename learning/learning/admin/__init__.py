"""The officials' side of learning: questions and rules for editors, certificates for those who answer for them."""
