"""Facts: what crawls saw and people decided; appended, never changed."""
