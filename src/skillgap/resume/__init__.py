"""Step 2: a `Document` to a `Resume`, text with its sections and dated entries."""
