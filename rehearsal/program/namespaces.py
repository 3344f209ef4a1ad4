"""Configuration keys that probably nothing reads: the namespace is almost that of the project or of a package."""

from __future__ import annotations

import functools
import pkgutil
from collections.abc import Iterable, Iterator

from pulumi_stack_files.namespaces import misspelt


def namespace_warnings(project: str, keys: Iterable[str]) -> Iterator[str]:
    """One line for each. A warning and no refusal: a program may read any namespace that it likes
    (`pulumi.Config(name)`)."""
    known = {project, "pulumi", *_packages()}
    for key in keys:
        namespace, _, name = key.partition(":")
        meant = misspelt(namespace, known)
        if meant is not None:
            yield f"warning: configuration {key}: no package is called '{namespace}'; is {meant}:{name} meant?"


@functools.cache
def _packages() -> frozenset[str]:
    """The namespaces of the installed SDKs: that of `pulumi_azure_native` is `azure-native`."""
    names = (module.name for module in pkgutil.iter_modules())
    return frozenset(
        name.removeprefix("pulumi_").replace("_", "-") for name in names if name.startswith("pulumi_")
    )
