"""Record what a crawl sees: versions, changes and absences, one transaction a visit."""
