"""What a desk stands on: offices, channels, and what every desk begins with."""
