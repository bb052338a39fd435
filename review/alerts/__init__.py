"""Alerts: what is sent to people when letters change, by mail, webhook or a group's robot."""
