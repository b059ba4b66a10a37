"""What the worker does: again after a failure, after a crash, and when its time has come."""
