"""Pulumi's YAML files, read as the Pulumi CLI reads them: one reader for the program, the rehearsal and every step
around a deployment. Imports none of the other rooms of this project."""
