"""Open the database: engines, transactions, locks, and what can go wrong with them."""
