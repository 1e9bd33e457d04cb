"""Step 1: bytes to a `Document`, text with its way back to page and place."""
