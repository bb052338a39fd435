"""What follows from the facts and can be derived again: letters, versions, changes."""
