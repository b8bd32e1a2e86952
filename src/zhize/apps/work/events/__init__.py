"""What happened in this app; handled by its own rooms and the apps above."""
