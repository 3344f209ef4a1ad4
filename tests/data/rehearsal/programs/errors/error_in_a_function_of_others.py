# ends: crash __main__.py", line 10
"""A function that is not the program's own fails: the line that gave it to the Output."""

import operator

import pulumi
from pulumi_azure_native import resources

group = resources.ResourceGroup("group", location="westeurope")
pulumi.export("first", group.name.apply(operator.methodcaller("index", "~")))
