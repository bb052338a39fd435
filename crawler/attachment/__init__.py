"""Read the files of a letter: whether a file was served, and what it says."""
