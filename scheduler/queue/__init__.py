"""Crawls on other machines: the service puts them into a queue, workers take them out."""
