"""Cuts text into tokens: numbers, dates, contacts, persons, single characters."""
