"""Word lists: common words, places, and the words that stand around names."""
