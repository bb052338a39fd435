"""Finds names that are in no list: public bodies, companies, places, persons."""
