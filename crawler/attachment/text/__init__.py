"""Read the text of a file: a module for each format, all in a process of its own."""
