"""Rules about work habits."""
