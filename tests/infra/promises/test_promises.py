"""What the platform promises, from settings alone."""

from __future__ import annotations

import pytest

from azure_facts.actions import action
from azure_facts.roles import built_in_role, permits
from infra.access.table import ACCESS_TABLE, AccessRow
from infra.conventions.custom_roles import CUSTOM_ROLES, CustomRole
from infra.promises.people import WORK, Work
from infra.promises.places import places
from infra.promises.platform import promised, promises
from infra.promises.promise import Promise
from infra.promises.site import Site
from infra.settings.access import Persona
from infra.settings.platform import PlatformSettings
from tests.infra.stack_settings import patched_settings, settings_of

_PARTS = "lake sources data_factory synapse ml databricks serving monitoring promotion apps"
_RAW_ALONE = {"zones": {"raw": {}, "curated": None, "features": None, "predictions": None, "catalog": None}}


def _settings(**areas: object) -> PlatformSettings:
    """Dev with these areas and no other."""
    nothing = dict.fromkeys(_PARTS.split())
    access = {"reads_from": None, "cross_environment_readers": None}
    return patched_settings({**nothing, "access": access, **areas})


def _named(settings: PlatformSettings) -> dict[str, Promise]:
    return {item.name: item for item in promises(settings)}


def test_a_platform_of_logs_alone_promises_that_people_look_and_that_the_budget_mails() -> None:
    assert sorted(_named(_settings())) == [
        "auditor.reads-logs",
        "auditor.sees-every-resource",
        "azure.mails-when-the-budget-is-used-up",
        "data-engineer.reads-logs",
        "data-engineer.sees-every-resource",
        "ml-engineer.reads-logs",
        "ml-engineer.sees-every-resource",
        "platform-admin.reads-logs",
        "platform-admin.repairs-by-hand",
        "platform-admin.sees-every-resource",
    ]


def test_a_lake_promises_each_zone_to_who_works_with_it() -> None:
    added = _named(_settings(lake=_RAW_ALONE)).keys() - _named(_settings()).keys()

    assert sorted(added) == [
        "data-engineer.brings-data-in.raw",
        "data-scientist.looks-for-features.raw",
        "ml-engineer.looks-for-features.raw",
    ]


def test_a_promise_says_who_from_where_does_what_on_what_over_what() -> None:
    output = _named(_settings(lake=_RAW_ALONE))["data-engineer.brings-data-in.raw"].output()

    assert output == {
        "who": {
            "persona": "data_engineer",
            "group": "a0000000-0000-4000-8000-000000000004",
            "databricks": "sg-forecast-data-engineers",
            "name": "data engineers",
        },
        "from": {"place": "office"},
        "does": "write blobs",
        "on": "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-forecast-test-weu/providers"
        "/Microsoft.Storage/storageAccounts/dlsforecasttestfca3m/blobServices/default/containers/raw",
        "over": {"group": "dfs", "port": 443},
        "setting": "access.personas.data_engineer",
    }


def test_what_resource_manager_is_asked_for_names_no_door() -> None:
    assert "over" not in _named(_settings())["auditor.sees-every-resource"].output()


def test_people_of_a_private_platform_stand_in_its_hub() -> None:
    settings = settings_of("prod")

    assert _named(settings)["analyst.reads-views"].origin.output() == {"place": "hub"}
    hub = places(Site(settings))["hub"]
    assert (hub["ranges"], hub["peered_back"], hub["source"]) == (["10.0.0.0/16"], True, "network.hub")
    assert "privatelink.sql.azuresynapse.net" in str(hub["resolves"])


def test_nobody_is_promised_a_vault_that_answers_no_address() -> None:
    """In public mode it answers listed ones."""
    ml = {"datastores": None}
    closed = _settings(ml=ml, network={"allowed_ip_ranges": []})

    assert not [name for name in _named(closed) if "sets-secrets" in name]
    assert "data-engineer.sets-secrets" in _named(_settings(ml=ml))


def test_before_the_hub_has_peered_back_nothing_that_needs_a_road_is_promised() -> None:
    assert list(_named(settings_of("private-first"))) == ["azure.mails-when-the-budget-is-used-up"]


@pytest.mark.parametrize(
    "promise",
    [
        "data-scientist.makes-features-and-predictions.features",
        "analyst.reads-views",
        "pipelines.copy-to-the-lake.daily-load.copy-sales",
        "analyst.scores.demand",
        "app.pulls-its-image.forecast-ui",
        "azure.alerts-reach-somebody",
        "databricks-jobs.run-notebooks.forecasting",
    ],
)
def test_a_part_that_is_left_out_promises_nothing(promise: str) -> None:
    assert promise in _named(settings_of("dev"))
    assert promise not in _named(_settings())


def test_a_machine_of_ours_connects_to_the_factory_only_where_a_source_needs_one() -> None:
    assert "own-machines.connect-to-the-factory" not in _named(settings_of("prod"))
    assert "own-machines.connect-to-the-factory" in _named(settings_of("data-max"))


def test_the_output_names_every_place_that_a_promise_comes_from() -> None:
    for name in ("dev", "prod"):
        output = promised(settings_of(name))
        listed = output["places"]
        assert isinstance(listed, dict)
        named = {item.origin.id for item in promises(settings_of(name)) if item.origin.kind == "place"}
        assert named <= listed.keys()


@pytest.mark.parametrize("row", ACCESS_TABLE, ids=lambda row: f"{row.persona}-{row.scope}-{row.role}")
def test_every_row_of_the_access_table_serves_a_promise(row: AccessRow) -> None:
    """Something that the persona is promised there is among what its role gives."""
    work = [item for item in WORK if row.persona in item.personas and item.kinds & row.kinds]

    assert any(_gives(row, item) for item in work), row.reason


def _gives(row: AccessRow, item: Work) -> bool:
    operations = action(item.does).operations
    return bool(operations) and all(
        _permits(row, operation.name, data=operation.data) for operation in operations
    )


def _permits(row: AccessRow, operation: str, *, data: bool) -> bool:
    resource_type = "Microsoft.Resources/subscriptions/resourceGroups"
    name = operation.replace("{type}", resource_type)
    if isinstance(row.role, CustomRole):
        return not data and name in CUSTOM_ROLES[row.role].actions
    return permits(built_in_role(row.role), name, data=data)


def test_no_persona_is_promised_what_its_roles_do_not_give() -> None:
    for item in WORK:
        for persona in item.personas:
            rows = [row for row in ACCESS_TABLE if row.persona is persona and row.kinds & item.kinds]
            for operation in action(item.does).operations:
                assert any(_permits(row, operation.name, data=operation.data) for row in rows), (
                    f"{persona} {item.name}: {operation.name}"
                )


def test_every_persona_is_promised_something() -> None:
    assert {persona for item in WORK for persona in item.personas} | {Persona.ANALYST} == set(Persona)


def test_notebooks_log_to_azure_ml_where_their_people_may_track() -> None:
    """In dev each person signs in; in prod nobody writes runs by hand, so nobody is promised it."""
    dev, prod = _named(settings_of("dev")), _named(settings_of("prod"))

    under = dev["data-scientist.logs-to-azure-ml-under-the-policy.data-scientist"]
    assert str(under.on).startswith("databricks:cluster-policy/forecast-data-scientist-dev@")
    assert dev["data-scientist.tracks-runs-from-clusters"].origin.output()["plane"] == "classic"
    assert not [name for name in dev if name.startswith("data-engineer.logs-to-azure-ml")]
    assert not [name for name in prod if "logs-to-azure-ml" in name]


def test_who_runs_code_beside_a_model_registry_reads_it() -> None:
    promoted = "training-jobs.use-promoted-models"
    at_scoring = "deployments.use-promoted-models-at-scoring"

    assert promoted in _named(settings_of("prod"))
    assert at_scoring not in _named(settings_of("prod"))
    assert promoted not in _named(settings_of("dev"))
