"""What readers and learners ask for besides pages: practice, assessment, certificates, their own list."""
