"""The SDK modules that a program's files name."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehearsal.sdk.in_use import _modules_in_use


@pytest.mark.parametrize(
    ("program", "modules"),
    [
        ("from pulumi_azure_native import network, storage as st  # both", {"network", "storage"}),
        ("from pulumi_azure_native import (\n    network,\n    storage as st,\n)\n", {"network", "storage"}),
        ("from pulumi_azure_native.storage import StorageAccount", {"storage"}),
        ("import pulumi_azure_native.keyvault as kv", {"keyvault"}),
        ("import os, pulumi_azure_native as azure\nazure.web.WebApp('a')\nazure.Provider('p')", {"web"}),
        ("def later():\n    from lake import build", {"datalake"}),
        ("import part.inner", {"sql", "search"}),
        ("import elsewhere, pulumi", set()),
    ],
)
def test_the_modules_of_azure_native(tmp_path: Path, program: str, modules: set[str]) -> None:
    (tmp_path / "__main__.py").write_text(program)
    (tmp_path / "lake.py").write_text("from pulumi_azure_native import datalake\nimport __main__\n")
    (tmp_path / "unused.py").write_text("from pulumi_azure_native import batch\n")
    (tmp_path / "part").mkdir()
    (tmp_path / "part/__init__.py").write_text("from pulumi_azure_native import sql\n")
    (tmp_path / "part/inner.py").write_text("from pulumi_azure_native import search\n")
    found = _modules_in_use(tmp_path / "__main__.py")
    assert {name.partition(".")[2] for name in found} - {""} == modules
    assert all(name.partition(".")[0] == "pulumi_azure_native" for name in found)


def test_the_databricks_sdk_is_one_module(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text("import pulumi_databricks as databricks\ndatabricks.job.Job('a')\n")
    assert _modules_in_use(tmp_path / "__main__.py") == {"pulumi_databricks"}
