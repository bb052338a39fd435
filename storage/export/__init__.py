"""Export the archive: a backup, WARC files, proofs, coverage."""
