"""Names that cannot be had, and quotas that are too small, over HTTP."""

from __future__ import annotations

import pytest

from infra.preflight.expectations import names
from infra.preflight.finding import Verdict
from tests.infra.preflight.fake_arm import Answer, fake_arm
from tests.infra.preflight.ready_subscription import (
    GROUP,
    LOCATION,
    PROVIDERS,
    SETTINGS,
    SUBSCRIPTION,
    everything_is_right,
    look,
    stopping,
)


@pytest.fixture
def answers() -> dict[str, list[Answer]]:
    return everything_is_right()


def test_names_that_are_taken_or_soft_deleted(answers: dict[str, list[Answer]]) -> None:
    expected = {name.generation_key: name.name for name in names(SETTINGS)}
    vault = expected["ml.workspace.key_vault.generation"]
    logs = expected["observability.log_analytics.generation"]
    answers[f"GET {SUBSCRIPTION}/providers/Microsoft.KeyVault/{LOCATION}/deletedVaults/{vault}"] = [
        Answer({"name": vault, "properties": {}})
    ]
    answers[f"GET {SUBSCRIPTION}/providers/Microsoft.OperationalInsights/deletedWorkspaces"] = [
        Answer({"value": [{"name": logs, "location": "westeurope"}]})
    ]
    answers[f"POST {SUBSCRIPTION}/providers/Microsoft.Storage/checkNameAvailability"] = [
        Answer({"nameAvailable": False, "reason": "AlreadyExists"})
    ]
    with fake_arm(answers) as arm:
        found = list(stopping(look(arm)))
    assert {finding.run.split(" --")[0] for finding in found} == {
        "az keyvault recover",
        "az monitor log-analytics workspace recover",
        "raise ml.workspace.storage_account.generation in the stack file, or give existing_resource_id",
        "raise lake.generation in the stack file, or give existing_resource_id",
    }


def test_names_of_our_own_are_no_obstacle(answers: dict[str, list[Answer]]) -> None:
    own = [{"name": name.name, "type": "a/b"} for name in names(SETTINGS)]
    with fake_arm(answers) as arm:
        look(arm)
        group = next(asked for asked in arm.asked if asked.endswith("/resources"))
    answers[group] = [Answer({"value": own})]
    answers[f"POST {SUBSCRIPTION}/providers/Microsoft.Storage/checkNameAvailability"] = [
        Answer({"nameAvailable": False, "reason": "AlreadyExists"})
    ]
    with fake_arm(answers) as arm:
        findings = look(arm)
    assert list(stopping(findings)) == []
    assert sum("exists in this environment already" in finding.message for finding in findings) == len(own)


def usages(**limits: int) -> list[Answer]:
    return [
        Answer(
            {
                "value": [
                    {"name": {"value": name}, "limit": limit, "currentValue": 4, "unit": "Count"}
                    for name, limit in limits.items()
                ]
            }
        )
    ]


def test_a_quota_that_is_too_small(answers: dict[str, list[Answer]]) -> None:
    key = f"GET {SUBSCRIPTION}/providers/Microsoft.Compute/{LOCATION}/usages"
    answers[key] = usages(StandardDDSv5Family=20, standardEDSv4Family=16, cores=45, lowPriorityCores=3)
    with fake_arm(answers) as arm:
        found = [finding.message for finding in stopping(look(arm))]
    assert [message.split(" (4 in use)")[0] for message in found] == [
        "vCPUs of all families in westeurope: 52 vCPU wanted, the subscription allows 45",
        "vCPUs of spot machines in westeurope: 32 vCPU wanted, the subscription allows 3",
        "standardDDSv5Family in westeurope: 36 vCPU wanted, the subscription allows 20",
    ]


def test_a_quota_that_others_use_is_told_and_one_without_a_limit_is_enough(
    answers: dict[str, list[Answer]],
) -> None:
    key = f"GET {SUBSCRIPTION}/providers/Microsoft.Compute/{LOCATION}/usages"
    answers[key] = usages(StandardDDSv5Family=37, standardEDSv4Family=-1)
    with fake_arm(answers) as arm:
        found = {finding.message: finding.verdict for finding in look(arm) if finding.check == "quotas"}
    told = next(message for message in found if message.startswith("standardDDSv5Family in westeurope"))
    assert found[told] is Verdict.NOTE
    assert "4 are in use: enough where those are this stack's own" in told
    assert found["standardEDSv4Family: 16 vCPU, without a limit"] is Verdict.OK


def test_a_family_that_is_not_listed_cannot_be_had(answers: dict[str, list[Answer]]) -> None:
    key = f"GET {SUBSCRIPTION}/providers/Microsoft.Compute/{LOCATION}/usages"
    answers[key] = usages(StandardDDSv5Family=100, cores=100, lowPriorityCores=100)
    with fake_arm(answers) as arm:
        (found,) = stopping(look(arm))
    assert found.verdict is Verdict.FAILED
    assert found.message.startswith(
        "standardEDSv4Family in westeurope: 16 vCPU wanted, the subscription does not list the family; choose a size"
    )


def test_azure_mls_quotas_are_found_by_their_long_names(answers: dict[str, list[Answer]]) -> None:
    key = f"GET {SUBSCRIPTION}/providers/Microsoft.MachineLearningServices/{LOCATION}/usages"
    names_of = {
        "Standard DDSv5 Family Cluster Dedicated vCPUs": 8,
        "Standard EDSv5 Family Cluster Dedicated vCPUs": 24,
        "Total Cluster Dedicated Regional vCPUs": 10,
    }
    listed = [
        {"name": {"localizedValue": name}, "limit": limit, "currentValue": 0, "unit": "Count"}
        for name, limit in names_of.items()
    ]
    answers[key] = [Answer({"value": listed})]
    with fake_arm(answers) as arm:
        found = [finding.message for finding in stopping(look(arm))]
    assert [message.split(";")[0] for message in found] == [
        "vCPUs of all families in westeurope: 20 vCPU wanted, Azure ML allows 10 (0 in use)",
        "standardDDSv5Family in westeurope: 16 vCPU wanted, Azure ML allows 8 (0 in use)",
    ]


def test_names_of_synapse_and_ai_services(answers: dict[str, list[Answer]]) -> None:
    answers[f"POST {SUBSCRIPTION}/providers/Microsoft.Synapse/checkNameAvailability"] = [
        Answer({"available": False, "reason": "AlreadyExists"})
    ]
    with fake_arm(answers) as arm:
        (finding,) = stopping(look(arm))
    assert finding.run.startswith("raise synapse.generation in the stack file")


def test_an_ai_services_account_that_was_deleted_or_whose_name_is_taken(
    answers: dict[str, list[Answer]],
) -> None:
    apps = SETTINGS.apps
    assert apps is not None
    with_service = SETTINGS.model_copy(
        update={"apps": apps.model_copy(update={"ai_services": {"language": "a service"}})}
    )
    (name,) = (
        name.name for name in names(with_service) if name.generation_key == "apps.ai_services.language"
    )
    states = answers[PROVIDERS][0].body["value"]
    states += [
        {"namespace": f"Microsoft.{one}", "registrationState": "Registered"}
        for one in ("CognitiveServices", "ContainerInstance")
    ]
    provider = f"{SUBSCRIPTION}/providers/Microsoft.CognitiveServices"
    answers[f"POST {provider}/checkDomainAvailability"] = [Answer({"isSubdomainAvailable": False})]
    with fake_arm(answers) as arm:
        (finding,) = stopping(look(arm, settings=with_service))
    assert finding.run == "give apps.ai_services.language another key in the stack file"
    group = GROUP.rpartition("/")[2]
    place = f"{provider}/{LOCATION}/resourceGroups/{group}/deletedAccounts/{name}"
    answers[f"GET {place}"] = [Answer({"name": name})]
    with fake_arm(answers) as arm:
        (finding,) = stopping(look(arm, settings=with_service))
    assert finding.message == f"AI services account {name} is soft-deleted and blocks its name"
    assert finding.run.startswith(f"az cognitiveservices account recover --name {name} ")
