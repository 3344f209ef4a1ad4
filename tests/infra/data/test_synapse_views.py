"""The script of the views."""

from __future__ import annotations

from infra.data.synapse_views import script
from infra.settings.load import load_from_stack_file
from tests.infra.platforms import TODAY, resources_of
from tests.reference_platform import stack_file


def script_of(stack: str) -> str:
    return script(load_from_stack_file(stack_file(stack), today=TODAY).settings)


def test_every_view_reads_its_delta_table_with_the_workspace_s_identity() -> None:
    text = script_of("prod")
    assert "CREATE DATABASE [predictions] COLLATE Latin1_General_100_BIN2_UTF8" in text
    assert "WITH IDENTITY = 'Managed Identity'" in text
    assert (
        "CREATE OR ALTER VIEW [dbo].[demand_forecast] AS\n"
        "SELECT * FROM OPENROWSET(BULK 'demand/forecast/', DATA_SOURCE = 'predictions', FORMAT = 'DELTA') AS rows"
    ) in text


def test_readers_get_the_views_and_nothing_else() -> None:
    grants = [line for line in script_of("prod").splitlines() if line.startswith("GRANT")]
    assert [line for line in grants if line.endswith("TO [sg-forecast-data-scientists-prod];")] == [
        "GRANT ADMINISTER DATABASE BULK OPERATIONS TO [sg-forecast-data-scientists-prod];",
        "GRANT SELECT ON OBJECT::[dbo].[demand_forecast] TO [sg-forecast-data-scientists-prod];",
        "GRANT SELECT ON OBJECT::[dbo].[model_quality] TO [sg-forecast-data-scientists-prod];",
        "GRANT REFERENCES ON DATABASE SCOPED CREDENTIAL::[workspace_identity] TO [sg-forecast-data-scientists-prod];",
    ]
    assert len(grants) == 2 * 4


def test_a_new_database_gets_the_key_that_its_credential_needs() -> None:
    text = script_of("prod")
    assert text.index("USE [predictions]") < text.index("CREATE MASTER KEY")
    assert text.index("CREATE MASTER KEY") < text.index("CREATE DATABASE SCOPED CREDENTIAL")


def test_the_script_can_run_again() -> None:
    batches = [batch.strip() for batch in script_of("dev").split(";\nGO\n") if batch.strip()]
    assert all(
        batch.startswith(("EXEC sp_set_", "IF ", "USE ", "CREATE OR ALTER ", "GRANT ", "ALTER ROLE "))
        for batch in batches
    ), "a second run must not fail"


def test_the_account_is_the_one_that_is_deployed() -> None:
    (lake,) = [item for item in resources_of("prod") if item["name"] == "lake" and item["custom"]]
    assert f"@{lake['inputs']['accountName']}.dfs.core.windows.net" in script_of("prod")


def test_the_factory_owns_the_database_and_nothing_wider() -> None:
    (factory,) = [item for item in resources_of("prod") if item["name"] == "data-factory" and item["custom"]]
    name = factory["inputs"]["factoryName"]
    text = script_of("prod")
    assert (
        f"CREATE USER [{name}] FROM EXTERNAL PROVIDER;\nGO\nALTER ROLE db_owner ADD MEMBER [{name}]" in text
    )
    assert "ALTER SERVER ROLE" not in text
    assert text.index("USE [predictions]") < text.index(f"CREATE USER [{name}]")
