"""What is watched: by people's decisions, and by the service that runs."""
