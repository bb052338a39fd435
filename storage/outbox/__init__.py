"""What waits to be sent to alert channels, and how each channel does."""
