"""Present state and what follows from the facts: addresses, letters, versions, changes."""
