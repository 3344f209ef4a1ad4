"""The engine's side of the Pulumi protocol: takes registrations, names them as the engine does, keeps
them."""
