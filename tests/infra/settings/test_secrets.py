"""Secrets that a stack file names with env:, as the process has them."""

from __future__ import annotations

import pytest

from infra.settings.secrets import secret_of_the_process, stand_in


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


@pytest.mark.parametrize("text", ["env:not-legal", "env:", "env:1ST"])
def test_a_name_that_no_shell_exports_is_refused_and_not_shown(text: str) -> None:
    said = "^names no environment variable; give env:NAME, with letters, digits and underscores$"
    with pytest.raises(ValueError, match=said):
        secret_of_the_process(text, encrypted=False)
    with pytest.raises(ValueError, match=said):
        stand_in(text)
