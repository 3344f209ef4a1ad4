"""The reference platform's acts: all pass as committed, and each planted fault is told by the act that meets it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pytest

from rehearsal.authorisation.acts_file import acts_path, read_acts
from rehearsal.authorisation.model import Lifecycle, Membership, Metastore
from rehearsal.authorisation.sent import Sent
from rehearsal.lifecycle.acts import Played, play
from rehearsal.lifecycle.program import sent_by
from rehearsal.lifecycle.report import acts_verdict
from tests.infra.platforms import rehearsed
from tests.reference_platform import stack_file

Change = Callable[[Sequence[Sent]], Sequence[Sent]]


@functools.cache
def lifecycle(stack: str) -> Lifecycle:
    return read_acts(acts_path(stack_file(stack)))


@functools.cache
def program(stack: str) -> tuple[Sent, ...]:
    return sent_by(rehearsed(stack).world)


def refused(played: Iterable[Played]) -> dict[str, set[str]]:
    return {one.act.name: {denial.rule for denial in one.refused} for one in played if one.refused}


def without(ending: str, names: str = "") -> Change:
    """The program without the resources of a type, or those whose name has a text in it."""
    return lambda sent: [
        one for one in sent if not (one.type.endswith(ending) and names in one.urn.rpartition("::")[2])
    ]


def without_input(ending: str, key: str) -> Change:
    return lambda sent: [
        replace(one, inputs={name: value for name, value in one.inputs.items() if name != key})
        if one.type.endswith(ending)
        else one
        for one in sent
    ]


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_every_act_passes_as_committed(stack: str) -> None:
    played = play(lifecycle(stack), program(stack))
    assert refused(played) == {}
    assert [denial for one in played for denial in one.warned] == []
    assert acts_verdict(played) == f"{len(lifecycle(stack).acts)} acts: all pass"
    assert all(one.requests for one in played)


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_jobs_of_a_principal_that_nobody_may_use_are_refused(stack: str) -> None:
    """A2: a manager is no user."""
    sent = without(":AccessControlRuleSet", "jobs")(program(stack))
    found = refused(play(lifecycle(stack), sent))
    assert found["first-up"] >= {"AUT314"}
    assert found["change"] >= {"AUT314"}


def test_a_principal_without_a_host_and_a_role_cannot_find_the_workspace_in_dev() -> None:
    """A5: the provider of linked compute signs in as the jobs' principal."""

    def blind(one: Sent) -> Sent:
        if one.of_provider("azureClientId"):
            workspace = (
                "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-forecast-dev-weu"
            )
            known = {key: value for key, value in one.provider.items() if key != "host"}
            arm_id = f"{workspace}/providers/Microsoft.Databricks/workspaces/dbw-forecast-dev-weu"
            return replace(one, provider={**known, "azureWorkspaceResourceId": arm_id})
        return one

    played = play(lifecycle("dev"), [blind(one) for one in program("dev")])
    assert refused(played)["first-up"] == {"AUT300"}
    (denial,) = played[0].refused
    assert "Microsoft.Databricks/workspaces/read" in denial.message
    assert denial.urn.endswith("Token::databricks-linked-compute-token")
    assert "Reader has it" in denial.remedy


@pytest.mark.parametrize("stack", ["dev", "prod"])
@pytest.mark.parametrize("metastore", [Metastore.ASSIGNED, Metastore.ABSENT])
def test_a_metastore_without_privileges_stops_the_content(stack: str, metastore: Metastore) -> None:
    """A9: admins of a workspace that was not given its metastore by Databricks create no catalog."""
    found = refused(play(replace(lifecycle(stack), metastore=metastore), program(stack)))
    assert found["first-up"] >= {"AUT313" if metastore is Metastore.ASSIGNED else "AUT319"}
    privileges = ("CREATE_CATALOG", "CREATE_EXTERNAL_LOCATION", "CREATE_STORAGE_CREDENTIAL")
    granted = replace(lifecycle(stack), metastore=metastore)
    for name in ("person", "deploy"):
        granted = granted.standing_as(
            name, replace(granted.identities[name].databricks, metastore=privileges)
        )
    assert (refused(play(granted, program(stack))) == {}) is (metastore is Metastore.ASSIGNED)


@pytest.mark.parametrize("stack", ["dev", "prod"])
@pytest.mark.parametrize("ending", [":Catalog", ":Schema", ":ExternalLocation", ":StorageCredential"])
def test_what_belongs_to_the_person_of_the_first_up_is_not_the_pipeline_s_to_change(
    stack: str, ending: str
) -> None:
    """B20."""
    played = play(lifecycle(stack), without_input(ending, "owner")(program(stack)))
    found = refused(played)
    assert found["change"] == {"AUT312"}
    assert "first-up" not in found
    change = next(one for one in played if one.act.name == "change")
    assert all("User is not an owner of" in denial.message for denial in change.refused)
    assert all("person" in denial.message for denial in change.refused)


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_git_folder_without_the_pipeline_s_credential_stays_where_it_is(stack: str) -> None:
    """B21: the credential of the person of the first `up` is in nobody else's reach."""
    found = refused(play(lifecycle(stack), without(":GitCredential")(program(stack))))
    assert found["change"] == {"AUT316"}
    assert found["first-up-alone"] == {"AUT316"}
    assert "first-up" not in found
    personal = refused(play(lifecycle(stack), without_input(":GitCredential", "principalId")(program(stack))))
    assert personal["change"] == {"AUT316"}


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_preview_by_an_identity_that_is_no_member_is_refused(stack: str) -> None:
    """B22."""
    sent = without(":ServicePrincipal", "plan")(program(stack))
    found = refused(play(lifecycle(stack), sent))
    assert found == {"plan": {"AUT311"}}
    member = lifecycle(stack).identities["plan"].databricks
    by_hand = lifecycle(stack).standing_as("plan", replace(member, workspace=Membership.MEMBER))
    assert refused(play(by_hand, sent)) == {}


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_role_that_the_condition_does_not_list_is_refused(stack: str) -> None:
    owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

    def owners(one: Sent) -> Sent:
        return replace(
            one, inputs={**one.inputs, "roleDefinitionId": f"/providers/x/roleDefinitions/{owner}"}
        )

    first = next(one for one in program(stack) if one.type.endswith(":RoleAssignment"))
    sent = [owners(one) if one is first else one for one in program(stack)]
    found = play(lifecycle(stack), sent)
    assert refused(found) == {"change": {"AUT302"}, "first-up-alone": {"AUT302"}}
    change = next(one for one in found if one.act.name == "change")
    assert "were it to list Owner" in change.refused[0].remedy


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_who_is_in_no_owners_group_neither_changes_nor_looks(stack: str) -> None:
    outside = lifecycle(stack)
    for name in ("deploy", "drift"):
        outside = outside.standing_as(name, replace(outside.identities[name].databricks, groups=()))
    found = refused(play(outside, program(stack)))
    assert found["change"] >= {"AUT312", "AUT314", "AUT315"}
    assert found["drift"] >= {"AUT312", "AUT315"}
    assert "plan" not in found
