"""Word lists: common words, places, and the words that surround names."""
