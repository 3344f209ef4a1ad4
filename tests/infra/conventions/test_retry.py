"""Which errors are repeated, how long each wait is, and how hooks reach the engine."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pulumi
import pytest

from infra.conventions.retry import RETRY_RULES, next_wait, retry_function, retry_hooks, rules_for

ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment"
PRINCIPAL_NOT_FOUND = (
    'autorest/azure: Service returned an error. Status=400 Code="PrincipalNotFound" Message="Principal '
    '0f14a80d42e54d57afe046acf9dfae05 does not exist in the directory c7cb8e56-3c8d-431c-a94c-866e27a25b45."'
)
NO_SUCH_HOST = (
    'cannot create cluster policy: Post "https://adb-1.1.azuredatabricks.net/api/2.0/policies/create": '
    "dial tcp: lookup adb-1.1.azuredatabricks.net on 10.0.0.1:53: no such host"
)


@pytest.fixture(autouse=True)
def event_loop_of_its_own() -> Iterator[None]:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    loop.close()
    asyncio.set_event_loop(None)


def names(resource_type: str) -> list[str]:
    return [rule.name for rule in rules_for(resource_type)]


def test_which_rules_a_type_has() -> None:
    assert names(ROLE_ASSIGNMENT) == ["principal-not-found", "role-definition-not-found"]
    assert names("azure-native:authorization/v20220401:RoleAssignment") == [
        "principal-not-found",
        "role-definition-not-found",
    ]
    assert names("azure-native:machinelearningservices:Workspace") == ["identity-not-authorized-yet"]
    assert names("databricks:index/clusterPolicy:ClusterPolicy") == ["workspace-dns", "workspace-workers"]
    assert names("databricks:index/externalLocation:ExternalLocation") == [
        "storage-not-authorized-yet",
        "workspace-dns",
        "workspace-workers",
    ]
    assert names("azure-native:storage:StorageAccount") == []
    assert names("pulumi:providers:databricks") == []


def test_every_rule_says_why_and_by_whose_word_and_ends() -> None:
    assert len({rule.name for rule in RETRY_RULES}) == len(RETRY_RULES)
    for rule in RETRY_RULES:
        assert all((rule.reason, rule.source))
        assert rule.attempts == len(rule.backoff_seconds) + 1
        # The engine gives up after 100 attempts; a deployment should say so long before.
        assert 0 < sum(rule.backoff_seconds) <= 600


def test_each_wait_once_then_the_error_stands() -> None:
    rules = rules_for(ROLE_ASSIGNMENT)
    waits = [next_wait(rules, "create", [PRINCIPAL_NOT_FOUND] * count) for count in range(1, 9)]
    assert waits == [10, 20, 30, 60, 60, 120, None, None]


@pytest.mark.parametrize(
    ("resource_type", "operation", "errors", "wait"),
    [
        (ROLE_ASSIGNMENT, "create", ["Code=RoleAssignmentExists"], None),
        (ROLE_ASSIGNMENT, "create", ["Code=RoleAssignmentExists", PRINCIPAL_NOT_FOUND], None),
        (ROLE_ASSIGNMENT, "update", [PRINCIPAL_NOT_FOUND], None),
        (ROLE_ASSIGNMENT, "delete", [PRINCIPAL_NOT_FOUND], None),
        (ROLE_ASSIGNMENT, "create", [], None),
        ("databricks:index/job:Job", "create", [NO_SUCH_HOST], 15),
        ("databricks:index/job:Job", "create", ["dial tcp 10.0.0.1:443: i/o timeout"], None),
        (
            "databricks:index/job:Job",
            "create",
            ["Current organization 628 does not have any associated worker environments", NO_SUCH_HOST],
            15,
        ),
        (
            "azure-native:machinelearningservices:Workspace",
            "create",
            ["Code=LinkedAuthorizationFailed"],
            30,
        ),
        (
            "azure-native:machinelearningservices:Workspace",
            "create",
            ["Soft-deleted workspace exists. Please purge or recover it"],
            None,
        ),
        # Long after the request was accepted: a failed workspace exists, a second create would only say so.
        (
            "azure-native:machinelearningservices:Workspace",
            "create",
            ["Code=ValidationError: the identity does not have authorization on the storage account"],
            None,
        ),
        (
            "azure-native:managedidentity:FederatedIdentityCredential",
            "create",
            ["ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity"],
            5,
        ),
    ],
)
def test_only_creates_after_which_nothing_exists(
    resource_type: str, operation: str, errors: list[str], wait: float | None
) -> None:
    assert next_wait(rules_for(resource_type), operation, errors) == wait


def arguments(errors: list[str]) -> pulumi.ErrorHookArgs:
    return pulumi.ErrorHookArgs(
        urn="urn:pulumi:dev::ml::azure-native:authorization:RoleAssignment::reader",
        id="",
        name="reader",
        type=ROLE_ASSIGNMENT,
        failed_operation="create",
        errors=errors,
    )


class Quiet(pulumi.runtime.Mocks):
    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, str]]:
        return f"{args.name}-id", {}

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, str], None]:
        del args
        return {}, None


def test_the_hook_waits_and_says_so_and_then_gives_up() -> None:
    slept: list[float] = []
    answers: list[bool] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    hook = retry_function(rules_for(ROLE_ASSIGNMENT), sleep)

    async def body() -> None:
        answers.extend([await hook(arguments([PRINCIPAL_NOT_FOUND] * count)) for count in range(1, 9)])

    pulumi.runtime.set_mocks(Quiet())
    pulumi.runtime.test(body)()
    assert answers == [True] * 6 + [False] * 2
    assert slept == [10, 20, 30, 60, 60, 120]


def test_a_type_without_rules_has_no_hooks() -> None:
    assert retry_hooks("azure-native:storage:StorageAccount") is None


class Grant(pulumi.CustomResource):
    def __init__(self, name: str) -> None:
        super().__init__(
            ROLE_ASSIGNMENT, name, {}, pulumi.ResourceOptions(hooks=retry_hooks(ROLE_ASSIGNMENT))
        )


def test_one_hook_a_run_for_all_resources_of_a_type() -> None:
    """A name registers once with an engine, and every run has an engine of its own."""
    hooks: list[list[pulumi.ErrorHook]] = []

    def body() -> None:
        Grant("reader")
        Grant("writer")
        made = [retry_hooks(ROLE_ASSIGNMENT) for _ in range(2)]
        hooks.append([hook for binding in made if binding is not None for hook in binding.on_error or []])

    for _ in range(2):
        pulumi.runtime.set_mocks(Quiet())
        pulumi.runtime.test(body)()

    (first, again), (next_run, _) = hooks
    assert first is again
    assert first.name == next_run.name == "retry:principal-not-found+role-definition-not-found"
    assert first is not next_run
