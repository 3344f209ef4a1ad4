"""Libraries as Databricks installs them: on clusters, for tasks, by policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pulumi_databricks

from infra.settings.databricks.clusters import Libraries


def libraries(
    settings: Libraries, extra: Mapping[str, str], index: str | None
) -> Iterator[pulumi_databricks.JobTaskLibraryArgsDict]:
    """What is installed; `extra` Python packages are added unless one of the settings names them. `index` is where
    Python packages come from, None for pip's public index."""
    for package, version in sorted({**extra, **settings.pypi}.items()):
        asked = f"{package}=={version}"
        yield {"pypi": {"package": asked, "repo": index} if index else {"package": asked}}
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
