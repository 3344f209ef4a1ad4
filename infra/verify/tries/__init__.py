"""How each action is tried: dry calls, in the caller's name, that read at most one entry and change nothing."""
