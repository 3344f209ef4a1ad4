"""The scripts for what ARM does not know of Synapse: users of dedicated pools, Synapse's own roles."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from infra.data import synapse_access, synapse_pool_users, synapse_views
from infra.settings.platform import PlatformSettings
from tests import reference_platform
from tests.infra.platforms import resources_of
from tests.infra.stack_settings import patched_settings, settings_of

pytestmark = pytest.mark.xdist_group("platforms")


def dedicated() -> PlatformSettings:
    return settings_of("data-max")


def test_the_writer_of_a_pool_may_load_tables_into_its_schema_and_nothing_else() -> None:
    batches = list(
        synapse_pool_users.statements(
            dedicated(), {"analyst": "analysts", "data_scientist": "it's"}, "reporting"
        )
    )
    assert batches == [
        "IF NOT EXISTS (SELECT 1 FROM sys.schemas WHERE name = 'predictions')\n"
        "    EXEC ('CREATE SCHEMA [predictions]')",
        "IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = 'forecast-jobs')\n"
        "    CREATE USER [forecast-jobs] FROM EXTERNAL PROVIDER",
        "GRANT ADMINISTER DATABASE BULK OPERATIONS TO [forecast-jobs]",
        "GRANT CREATE TABLE TO [forecast-jobs]",
        "GRANT ALTER, SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[predictions] TO [forecast-jobs]",
        "IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = 'analysts')\n"
        "    CREATE USER [analysts] FROM EXTERNAL PROVIDER",
        "GRANT SELECT ON SCHEMA::[predictions] TO [analysts]",
        "IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = 'it''s')\n"
        "    CREATE USER [it's] FROM EXTERNAL PROVIDER",
        "GRANT SELECT ON SCHEMA::[predictions] TO [it's]",
    ]


def test_the_users_of_one_pool_are_not_made_in_another() -> None:
    batches = [batch for batch in synapse_pool_users.script(dedicated()).split("\nGO\n") if batch]
    assert len(batches) == 9
    assert all(batch.startswith("IF DB_NAME() = 'reporting'\nBEGIN\n") for batch in batches)
    assert all(batch.endswith(";\nEND") for batch in batches)


def test_a_stack_without_pools_has_no_users(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(reference_platform.FOLDER)
    assert synapse_pool_users.main(["--stack", "prod"]) == 0
    assert capsys.readouterr().out == ""


def test_the_month_s_data_is_limited_where_settings_say() -> None:
    limited = patched_settings({"synapse": {"monthly_terabytes": 3}})
    first = "EXEC sp_set_data_processed_limit @type = N'monthly', @limit_tb = 3;\nGO\n"
    assert synapse_views.script(limited).startswith(first)
    unlimited = patched_settings({"synapse": {"monthly_terabytes": None}})
    assert synapse_views.script(unlimited).startswith("IF DB_ID(")


def calls_of(script: str) -> list[str]:
    return [line for line in script.splitlines() if line.startswith(("assign '", "approve /", "reach ml"))]


def test_synapse_is_administered_by_a_group_and_watched_by_auditors() -> None:
    assert calls_of(synapse_access.script(settings_of("prod")))[:2] == [
        "assign 'Synapse Administrator' a0000000-0000-4000-8000-000000000011 Group",
        "assign 'Synapse Monitoring Operator' a0000000-0000-4000-8000-000000000016 Group",
    ]


def test_who_works_with_spark_may_start_it_in_nonprod_and_so_may_ml() -> None:
    calls = calls_of(synapse_access.script(dedicated()))
    operators = [call for call in calls if call.startswith("assign 'Synapse Compute Operator'")]
    assert len(operators) == 3
    (administered,) = [call for call in calls if "--item-type bigDataPools" in call]
    assert administered.startswith(
        "assign 'Synapse Administrator' \"$(az identity show --ids /subscriptions/"
    )
    assert administered.endswith(
        '/id-forecast-ml-compute-test-weu --query principalId --output tsv)" ServicePrincipal '
        "--item-type bigDataPools --item training"
    )


def test_the_script_names_what_is_deployed() -> None:
    text = synapse_access.script(dedicated())
    ids = {item["id"] for item in resources_of("data-max")}
    named = {
        word.strip('"{},') for word in text.replace(")", " ").split() if word.strip('"{},').startswith("/sub")
    }
    assert len(named) == 3
    assert named <= ids
    (workspace,) = [item for item in resources_of("data-max") if item["type"].endswith("synapse:Workspace")]
    assert f"workspace={workspace['inputs']['workspaceName']}\n" in text


def run(folder: Path, script: str, *, found: int) -> list[str]:
    """The calls that the script makes of an Azure CLI which says that `found` assignments exist and one connection
    waits."""
    log = folder / "calls"
    cli = folder / "az"
    cli.write_text(
        f"""#!/bin/sh
echo "$*" >> {log}
case "$*" in
  *"assignment list"*) echo {found} ;;
  *"identity show"*) echo e0000000-0000-4000-8000-000000000001 ;;
  *"endpoints show"*) [ {found} -gt 0 ] ;;
  *"connection list"*) echo /connection/1 ;;
esac
"""
    )
    cli.chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", "-c", script], check=True, env={"PATH": path}, timeout=60)
    calls = log.read_text(encoding="utf-8").splitlines()
    log.unlink()
    return calls


def test_a_second_run_changes_nothing_but_what_waits(tmp_path: Path) -> None:
    script = synapse_access.script(dedicated())
    first, second = run(tmp_path, script, found=0), run(tmp_path, script, found=1)
    made = [call for call in first if " create " in call]
    assert len([call for call in made if "role assignment create" in call]) == 6
    assert len([call for call in made if "managed-private-endpoints create" in call]) == 2
    assert [call for call in second if " create " in call] == []
    assert len([call for call in second if "connection approve --id /connection/1" in call]) == 2
    administered = [call for call in made if "bigDataPools" in call]
    assert "--assignee-object-id e0000000-0000-4000-8000-000000000001" in administered[0]


def test_refused_settings_print_no_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for module in (synapse_access, synapse_pool_users, synapse_views):
        assert module.main(["--stack", "dev"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "mlplatform:" in captured.err
