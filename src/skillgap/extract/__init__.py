"""Step 3: a `Resume` and the taxonomy to mentions, each place where a skill is named."""
