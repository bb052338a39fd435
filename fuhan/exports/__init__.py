"""Data out: files in each format that `fuhan export` writes."""
