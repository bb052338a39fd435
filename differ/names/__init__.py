"""Finds names that stand in no list: public bodies, companies, places, persons."""
