"""What a stack may ask for: one frozen model per area, how they are loaded, and their JSON Schema."""
