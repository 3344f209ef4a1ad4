"""Every process that the rehearsal starts: how it is started, waited for, and ended with all that it started itself."""
