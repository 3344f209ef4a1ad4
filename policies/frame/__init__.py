"""What rules are made of and how they are run; no rule of its own but those about waivers."""
