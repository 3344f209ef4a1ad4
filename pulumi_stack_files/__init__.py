"""Pulumi's YAML files, read as the Pulumi CLI reads them.

The ground floor: PyYAML and the standard library only, so that the program's settings, preview, preflight, promotion,
triggers and the rehearsal of any other program read a stack file with the same code and get what `pulumi up` gets.
`tests/data/pulumi_stack_files/scalars.json` holds what Pulumi's own reader made of each form.
"""
