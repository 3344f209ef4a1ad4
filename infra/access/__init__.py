"""Who may do what, where: the table of personas, identities, and the role assignments made from both."""
