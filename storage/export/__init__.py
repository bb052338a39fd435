"""What leaves the archive whole: a backup, WARC files, proofs, coverage."""
