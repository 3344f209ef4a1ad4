"""The policy pack: what this platform must not become, one rule per file, judged before anything is deployed."""
