"""Alarms: what is wrong with sources and the service, judged after crawls and every minute."""
