"""The rows of the retirement table, by what retires; read them through `retirements`."""
