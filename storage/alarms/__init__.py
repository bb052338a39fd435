"""What is known of alarms: which stand, which ended, and what they are judged by."""
