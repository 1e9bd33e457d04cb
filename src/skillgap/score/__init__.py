"""Step 4: mentions and a role's profile to fit, lean and gaps."""
