"""What people see: web pages, API, feed, reports."""
