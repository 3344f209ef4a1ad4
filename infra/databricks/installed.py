"""Libraries as Databricks installs them: on clusters, for tasks, by policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pulumi_databricks

from infra.settings.databricks.clusters import Libraries


def libraries(
    settings: Libraries, extra: Mapping[str, str]
) -> Iterator[pulumi_databricks.JobTaskLibraryArgsDict]:
    """What is installed; `extra` Python packages are added unless one of the settings names them."""
    for package, version in sorted({**extra, **settings.pypi}.items()):
        yield {"pypi": {"package": f"{package}=={version}"}}
    for coordinates in settings.maven:
        yield {"maven": {"coordinates": coordinates}}
    for package in settings.cran:
        yield {"cran": {"package": package}}
    for path in settings.wheels:
        yield {"whl": path}
    for path in settings.jars:
        yield {"jar": path}
    for path in settings.requirements:
        yield {"requirements": path}
