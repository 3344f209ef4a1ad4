# ends: crash in check
"""An error that is raised from its own consequence is told once, with the line of the function that raised it."""

from pulumi_azure_native import resources


def check(name: str) -> str:
    first, second = ValueError(name), KeyError("group")
    first.__context__ = second
    raise second from first


group = resources.ResourceGroup("group", location="westeurope")
group.name.apply(check)
