"""What a month costs, as far as settings and a price file can tell."""
