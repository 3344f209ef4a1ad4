"""Secrets that a stack file names with env:, as the process has them."""

from __future__ import annotations

import pytest

from infra.settings.secrets import secret_of_the_process


def test_a_named_secret_is_the_environment_variables_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABRICKS_GIT_TOKEN", "$(cat) is part of a password")
    assert (
        secret_of_the_process("env:DATABRICKS_GIT_TOKEN", encrypted=False) == "$(cat) is part of a password"
    )


def test_a_secret_that_azure_pipelines_left_as_it_stands_in_the_file_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABRICKS_GIT_TOKEN", "$(DATABRICKS_GIT_TOKEN)")
    with pytest.raises(
        ValueError, match=r"DATABRICKS_GIT_TOKEN is the text \$\(.*add it to the variable group"
    ):
        secret_of_the_process("env:DATABRICKS_GIT_TOKEN", encrypted=False)


def test_a_secret_that_nobody_exported_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABRICKS_GIT_TOKEN", raising=False)
    with pytest.raises(ValueError, match="DATABRICKS_GIT_TOKEN is not set; export it"):
        secret_of_the_process("env:DATABRICKS_GIT_TOKEN", encrypted=False)
