"""Inputs of azure-native types: strict types, nested objects, open and closed enums, discriminated unions."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from rehearsal.model.values import UNKNOWN, Secret
from rehearsal.sdk import ProblemKind, SdkProblem, check_inputs

STORAGE_ACCOUNT = "azure-native:storage:StorageAccount"
ML_COMPUTE = "azure-native:machinelearningservices:Compute"
MANAGED_CLUSTER = "azure-native:containerservice:ManagedCluster"
STORAGE_SKUS = (
    "'Standard_LRS', 'Standard_GRS', 'Standard_RAGRS', 'Standard_ZRS', 'Premium_LRS', 'Premium_ZRS', "
    "'Standard_GZRS', 'Standard_RAGZRS', 'StandardV2_LRS', 'StandardV2_GRS', 'StandardV2_ZRS', "
    "'StandardV2_GZRS', 'PremiumV2_LRS', 'PremiumV2_ZRS'"
)
COMPUTE_KINDS = (
    "'AKS', 'AmlCompute', 'ComputeInstance', 'DataFactory', 'DataLakeAnalytics', 'Databricks', 'HDInsight', "
    "'Kubernetes', 'SynapseSpark', 'VirtualMachine'"
)
SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001"


def storage_account(**changes: object) -> dict[str, object]:
    return {
        "accountName": "stmlplatformdev",
        "resourceGroupName": "rg-mlplatform-dev",
        "kind": "StorageV2",
        "sku": {"name": "Standard_ZRS"},
        "allowSharedKeyAccess": False,
        "minimumTlsVersion": "TLS1_2",
        "networkRuleSet": {
            "defaultAction": "Deny",
            "bypass": "AzureServices",
            "ipRules": [{"iPAddressOrRange": "203.0.113.7", "action": "Allow"}],
        },
        "tags": {"environment": "dev", "cost.center": "ml-4711"},
        **changes,
    }


def ml_compute(**properties: object) -> dict[str, object]:
    return {
        "resourceGroupName": "rg-mlplatform-dev",
        "workspaceName": "mlw-mlplatform-dev",
        "computeName": "cpu-training",
        "properties": properties,
    }


def managed_cluster(**pool: object) -> dict[str, object]:
    system_pool = {"name": "system", "mode": "System", "count": 3.0, "vmSize": "Standard_D4s_v5", **pool}
    return {
        "resourceGroupName": "rg-mlplatform-dev",
        "resourceName": "aks-mlplatform-dev",
        "dnsPrefix": "mlplatform",
        "agentPoolProfiles": [system_pool],
    }


def the_problem(type_token: str, inputs: Mapping[str, object]) -> SdkProblem:
    (problem,) = check_inputs(type_token, inputs)
    return problem


@pytest.mark.parametrize(
    ("type_token", "inputs"),
    [
        (STORAGE_ACCOUNT, storage_account()),
        (STORAGE_ACCOUNT, storage_account(isHnsEnabled=None, sku=UNKNOWN, tags=Secret({"owner": UNKNOWN}))),
        (
            ML_COMPUTE,
            ml_compute(
                computeType="AmlCompute",
                properties={
                    "vmSize": "Standard_D16ads_v5",
                    "scaleSettings": {"minNodeCount": 0.0, "maxNodeCount": 12.0},
                    "subnet": {"id": f"{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Network/…"},
                },
            ),
        ),
        (
            ML_COMPUTE,
            ml_compute(
                computeType="ComputeInstance",
                properties={
                    "vmSize": "Standard_DS3_v2",
                    "idleTimeBeforeShutdown": "PT1H",
                    "personalComputeInstanceSettings": {"assignedUser": {"objectId": "o", "tenantId": "t"}},
                },
            ),
        ),
        (
            ML_COMPUTE,
            ml_compute(
                computeType="Kubernetes",
                resourceId=UNKNOWN,
                properties={
                    "namespace": "azureml",
                    "instanceTypes": {"scoring-small": {"resources": {"requests": {"cpu": "500m"}}}},
                },
            ),
        ),
        (
            ML_COMPUTE,
            ml_compute(
                computeType="Databricks",
                resourceId=f"{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Databricks/workspaces/dbw",
                properties={"workspaceUrl": UNKNOWN, "databricksAccessToken": Secret(UNKNOWN)},
            ),
        ),
        (ML_COMPUTE, ml_compute(computeType=UNKNOWN, properties={"whatever": 1})),
        (MANAGED_CLUSTER, managed_cluster(availabilityZones=["1", "2", "3"], maxPods=60)),
    ],
)
def test_right_inputs_have_no_problems(type_token: str, inputs: Mapping[str, object]) -> None:
    assert check_inputs(type_token, inputs) == ()


@pytest.mark.parametrize(
    ("type_token", "inputs", "path", "message"),
    [
        (
            STORAGE_ACCOUNT,
            storage_account(isHnsEnabled="true"),
            "isHnsEnabled",
            'expected a boolean, got the string "true": write true',
        ),
        (
            STORAGE_ACCOUNT,
            storage_account(resourceGroupName=True),
            "resourceGroupName",
            'expected a string, got the boolean true: write "true"',
        ),
        (
            STORAGE_ACCOUNT,
            storage_account(tags={"cost.center": 4711.0}),
            'tags["cost.center"]',
            'expected a string, got the number 4711: write "4711"',
        ),
        (
            STORAGE_ACCOUNT,
            storage_account(sku="Standard_ZRS"),
            "sku",
            'expected an object (Sku), got the string "Standard_ZRS"',
        ),
        (
            STORAGE_ACCOUNT,
            storage_account(networkRuleSet={"defaultAction": "Deny", "ipRules": {"action": "Allow"}}),
            "networkRuleSet.ipRules",
            "expected a list (each item an object (IPRule)), got an object",
        ),
        (
            MANAGED_CLUSTER,
            managed_cluster(count="3"),
            "agentPoolProfiles[0].count",
            'expected an integer, got the string "3": write 3',
        ),
        (
            MANAGED_CLUSTER,
            managed_cluster(maxPods=30.5),
            "agentPoolProfiles[0].maxPods",
            "expected an integer, got the number 30.5",
        ),
        (
            MANAGED_CLUSTER,
            managed_cluster(enableAutoScaling=1.0),
            "agentPoolProfiles[0].enableAutoScaling",
            "expected a boolean, got the number 1",
        ),
        (
            ML_COMPUTE,
            ml_compute(
                computeType="AmlCompute",
                properties={"scaleSettings": {"maxNodeCount": "4", "minNodeCount": 0.0}},
            ),
            "properties.properties.scaleSettings.maxNodeCount",
            'expected an integer, got the string "4": write 4',
        ),
    ],
)
def test_a_wrong_type_says_what_to_write(
    type_token: str, inputs: Mapping[str, object], path: str, message: str
) -> None:
    assert the_problem(type_token, inputs) == SdkProblem(ProblemKind.WRONG_TYPE, path, message)


@pytest.mark.parametrize(
    ("type_token", "inputs", "path", "message"),
    [
        (
            STORAGE_ACCOUNT,
            storage_account(sku={"name": "Standard_ZRS", "tierr": "Standard"}),
            "sku.tierr",
            "Sku has no property 'tierr'; it has 'name'",
        ),
        (
            STORAGE_ACCOUNT,
            storage_account(allowBlobPublicAcess=False),
            "allowBlobPublicAcess",
            "StorageAccount has no property 'allowBlobPublicAcess'; did you mean 'allowBlobPublicAccess'?",
        ),
        (
            MANAGED_CLUSTER,
            managed_cluster(vm_size="Standard_D4s_v5"),
            "agentPoolProfiles[0].vm_size",
            "'vm_size' is a Python name that the SDK left untranslated: write 'vmSize' in a plain dict, or pass "
            "the SDK's class for ManagedClusterAgentPoolProfile",
        ),
        (
            STORAGE_ACCOUNT,
            # It is required too: reported once, not also as missing.
            storage_account(
                networkRuleSet={"defaultAction": "Deny", "ipRules": [{"i_p_address_or_range": "a"}]}
            ),
            "networkRuleSet.ipRules[0].i_p_address_or_range",
            "'i_p_address_or_range' is a Python name that the SDK left untranslated: write 'iPAddressOrRange' in a "
            "plain dict, or pass the SDK's class for IPRule",
        ),
        (
            ML_COMPUTE,
            ml_compute(computeType="AmlCompute", properties={"namespace": "azureml"}),
            "properties.properties.namespace",
            "AmlComputeProperties has no property 'namespace'; it has 'enableNodePublicIp', 'isolatedNetwork', "
            "'osType', 'propertyBag', 'remoteLoginPortPublicAccess', 'scaleSettings', 'subnet', "
            "'userAccountCredentials', 'virtualMachineImage', 'vmPriority', 'vmSize'",
        ),
    ],
)
def test_an_unknown_property_is_found_at_any_depth(
    type_token: str, inputs: Mapping[str, object], path: str, message: str
) -> None:
    assert the_problem(type_token, inputs) == SdkProblem(ProblemKind.UNKNOWN_PROPERTY, path, message)


def test_a_value_outside_an_open_enum_is_a_warning() -> None:
    problem = the_problem(STORAGE_ACCOUNT, storage_account(minimumTlsVersion="TLS1_4"))
    assert problem == SdkProblem(
        ProblemKind.BAD_ENUM_VALUE,
        "minimumTlsVersion",
        "the string \"TLS1_4\" is not in the SDK's list for MinimumTlsVersion; did you mean 'TLS1_3'? "
        "Known: 'TLS1_0', 'TLS1_1', 'TLS1_2', 'TLS1_3'",
        is_warning=True,
    )


def test_a_value_outside_a_closed_enum_is_a_refusal() -> None:
    problem = the_problem(STORAGE_ACCOUNT, storage_account(accessTier="hot"))
    assert problem == SdkProblem(
        ProblemKind.BAD_ENUM_VALUE,
        "accessTier",
        "the string \"hot\" is not a value of AccessTier; did you mean 'Hot'? "
        "Allowed: 'Hot', 'Cool', 'Premium', 'Cold'",
    )


def test_an_enum_takes_only_its_values_type() -> None:
    problem = the_problem(STORAGE_ACCOUNT, storage_account(kind=2.0))
    assert problem == SdkProblem(
        ProblemKind.WRONG_TYPE, "kind", 'expected a string, got the number 2: write "2"'
    )


def test_every_missing_required_property_is_named() -> None:
    problems = check_inputs(STORAGE_ACCOUNT, {"accountName": "stmlplatformdev", "sku": {}, "kind": None})
    assert [(each.kind, each.path, each.message) for each in problems] == [
        (
            ProblemKind.MISSING_REQUIRED,
            "sku.name",
            f"Sku requires 'name', a string: {STORAGE_SKUS}",
        ),
        (
            ProblemKind.MISSING_REQUIRED,
            "kind",
            "StorageAccount requires 'kind', a string: 'Storage', 'StorageV2', 'BlobStorage', 'FileStorage', "
            "'BlockBlobStorage'",
        ),
        (
            ProblemKind.MISSING_REQUIRED,
            "resourceGroupName",
            "StorageAccount requires 'resourceGroupName', a string",
        ),
    ]


def test_a_required_property_of_the_chosen_union_member_is_missed() -> None:
    problem = the_problem(
        ML_COMPUTE, ml_compute(computeType="AmlCompute", properties={"scaleSettings": {"minNodeCount": 0}})
    )
    assert problem == SdkProblem(
        ProblemKind.MISSING_REQUIRED,
        "properties.properties.scaleSettings.maxNodeCount",
        "ScaleSettings requires 'maxNodeCount', an integer",
    )


def test_an_unknown_discriminator_names_the_allowed_ones() -> None:
    problem = the_problem(ML_COMPUTE, ml_compute(computeType="AmlComputeCluster", properties={"nonsense": 1}))
    assert problem == SdkProblem(
        ProblemKind.BAD_ENUM_VALUE,
        "properties.computeType",
        "the string \"AmlComputeCluster\" is no kind of object that is allowed here; did you mean 'AmlCompute'? "
        f"Allowed: {COMPUTE_KINDS}",
    )


def test_a_missing_discriminator_names_the_allowed_ones() -> None:
    problem = the_problem(ML_COMPUTE, ml_compute(properties={"vmSize": "Standard_DS3_v2"}))
    assert problem == SdkProblem(
        ProblemKind.MISSING_REQUIRED,
        "properties.computeType",
        f"'computeType' is required: it says which kind of object this is, one of {COMPUTE_KINDS}",
    )


def test_a_long_list_of_kinds_is_cut() -> None:
    problem = the_problem(
        "azure-native:datafactory:LinkedService",
        {"resourceGroupName": "rg", "factoryName": "adf", "properties": {"type": "AzureBlobFs"}},
    )
    assert problem.message.startswith(
        "the string \"AzureBlobFs\" is no kind of object that is allowed here; did you mean 'AzureBlobFS'? "
    )
    assert problem.message.endswith(" and 97 more")


@pytest.mark.parametrize(
    ("type_token", "inputs", "wrong", "path"),
    [
        (
            "azure-native:machinelearningservices:Datastore",
            {
                "name": "lake",
                "resourceGroupName": "rg",
                "workspaceName": "mlw",
                "properties": {
                    "datastoreType": "AzureDataLakeGen2",
                    "accountName": "stlake",
                    "filesystem": "curated",
                    "credentials": {"credentialsType": "None"},
                },
            },
            {"credentialsType": "Nothing"},
            ("properties", "credentials"),
        ),
        (
            "azure-native:machinelearningservices:OnlineDeployment",
            {
                "resourceGroupName": "rg",
                "workspaceName": "mlw",
                "endpointName": "scoring",
                "properties": {
                    "endpointComputeType": "Kubernetes",
                    "scaleSettings": {"scaleType": "TargetUtilization", "maxInstances": 4.0},
                },
            },
            {"scaleType": "Automatic"},
            ("properties", "scaleSettings"),
        ),
        (
            "azure-native:machinelearningservices:Schedule",
            {
                "resourceGroupName": "rg",
                "workspaceName": "mlw",
                "name": "nightly",
                "properties": {
                    "trigger": {"triggerType": "Cron", "expression": "0 3 * * *"},
                    "action": {"actionType": "CreateJob", "jobDefinition": UNKNOWN},
                },
            },
            {"triggerType": "Event"},
            ("properties", "trigger"),
        ),
    ],
)
def test_unions_inside_unions_are_resolved(
    type_token: str, inputs: Mapping[str, object], wrong: object, path: tuple[str, str]
) -> None:
    assert check_inputs(type_token, inputs) == ()

    outer, inner = path
    outer_value = inputs[outer]
    assert isinstance(outer_value, dict)
    problem = the_problem(type_token, {**inputs, outer: {**outer_value, inner: wrong}})
    assert problem.kind is ProblemKind.BAD_ENUM_VALUE
    assert problem.path.startswith(f"{outer}.{inner}.")


def test_data_factory_activities_are_checked_by_their_type() -> None:
    def pipeline(**activity: object) -> dict[str, object]:
        return {
            "resourceGroupName": "rg",
            "factoryName": "adf",
            "pipelineName": "score",
            "activities": [activity],
        }

    notebook = {"name": "score", "type": "DatabricksNotebook", "notebookPath": "/Shared/score"}
    assert check_inputs("azure-native:datafactory:Pipeline", pipeline(**notebook)) == ()
    problem = the_problem(
        "azure-native:datafactory:Pipeline", pipeline(name="score", type="DatabricksNotebook")
    )
    assert problem == SdkProblem(
        ProblemKind.MISSING_REQUIRED,
        "activities[0].notebookPath",
        "DatabricksNotebookActivity requires 'notebookPath', any value",
    )


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (storage_account(sku={"name": Secret(4711)}), "expected a string, got a secret number"),
        (storage_account(sku=Secret({"name": 4711})), "expected a string, got a secret number"),
        (
            storage_account(sku={"name": Secret("Standard_SEKRET")}),
            f"a secret string is not in the SDK's list for SkuName. Known: {STORAGE_SKUS}",
        ),
    ],
)
def test_a_message_never_shows_a_secret(inputs: Mapping[str, object], message: str) -> None:
    problem = the_problem(STORAGE_ACCOUNT, inputs)
    assert (problem.path, problem.message) == ("sku.name", message)


@pytest.mark.parametrize(
    ("type_token", "suggestion"),
    [
        ("azure-native:storage:StorageAcount", "; did you mean 'azure-native:storage:StorageAccount'?"),
        (
            "azure-native:storage/v20230101:StorageAccount",
            "; did you mean 'azure-native:storage:StorageAccount'?",
        ),
        (
            "azure-native:insights:DiagnosticSetting",
            "; did you mean 'azure-native:monitor:DiagnosticSetting'?",
        ),
        ("platform:ml:Workspace", ""),
        ("pulumi:pulumi:Stack", ""),
        ("not a token", ""),
    ],
)
def test_a_type_that_no_sdk_registers_is_one_problem(type_token: str, suggestion: str) -> None:
    problem = the_problem(type_token, {"anything": 1})
    assert problem == SdkProblem(
        ProblemKind.UNKNOWN_TYPE, "", f"no installed Pulumi SDK registers the type '{type_token}'{suggestion}"
    )
