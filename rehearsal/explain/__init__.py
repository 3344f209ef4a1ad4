"""`rehearsal explain NAME`: what a rule holds; promises and requirements are told by `rehearsal.promises`."""
