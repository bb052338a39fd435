"""Read one letter's page: what kind of page it is, what a reader sees of it, its parts."""
