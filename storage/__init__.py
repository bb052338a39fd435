"""What is kept: schema, migrations, queries, ledger. The only SQL."""
