"""The consultations of the demonstration: what is said in them, and when."""
