"""Step 5: everything about one resume as a `FitReport`, and its renderings."""
