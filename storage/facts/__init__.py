"""What was seen and decided: appended, never changed."""
