"""What one changed setting changes: exactly what it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rehearsal.run import Rehearsal
from tests.infra.platforms import rehearse_patched, rehearsed, resources_in

JOB = "train-and-score"


def inputs_by_urn(rehearsal: Rehearsal) -> Mapping[str, Any]:
    """URN to inputs, of everything that is registered."""
    assert rehearsal.ok, (rehearsal.error, rehearsal.refusals)
    return {item["urn"]: item["inputs"] for item in resources_in(rehearsal) if item["custom"]}


def short(urns: set[str]) -> set[str]:
    """Type and logical name, as a reader calls a resource."""
    return {"::".join(urn.split("$")[-1].split("::")[-2:]).removeprefix("databricks:index/") for urn in urns}


def changed_by(patch: Mapping[str, Any]) -> tuple[set[str], set[str], set[str]]:
    """What a patch of dev's Databricks adds, removes and changes."""
    before = inputs_by_urn(rehearsed("dev"))
    after = inputs_by_urn(rehearse_patched({"databricks": patch}, stack="dev"))
    both = before.keys() & after.keys()
    return (
        short(after.keys() - before.keys()),
        short(before.keys() - after.keys()),
        short({urn for urn in both if before[urn] != after[urn]}),
    )


def test_a_job_s_new_schedule_changes_that_job_only() -> None:
    schedule = {"schedule": {"quartz_cron": "0 30 2 * * ?"}}
    released = {"code": "released"}
    before = inputs_by_urn(rehearse_patched({"databricks": released}, stack="dev"))
    after = inputs_by_urn(
        rehearse_patched({"databricks": {**released, "jobs": {JOB: {"trigger": schedule}}}}, stack="dev")
    )
    assert before.keys() == after.keys()
    assert short({urn for urn in after if before[urn] != after[urn]}) == {
        "job:Job::databricks-job-train-and-score"
    }


def test_released_code_gives_the_job_its_schedule_and_changes_nothing_else() -> None:
    added, removed, changed = changed_by({"code": "released"})
    assert (added, removed) == (set(), set())
    assert changed == {"job:Job::databricks-job-train-and-score"}


def test_a_new_repository_is_a_folder_with_the_production_folders_permissions() -> None:
    repository = {"url": "https://github.com/example-org/features", "branch": "main"}
    added, removed, changed = changed_by({"git_folders": {"features": repository}})
    assert added == {"repo:Repo::databricks-git-folder-features"}
    assert (removed, changed) == (set(), set())


def test_a_new_rotation_stamp_changes_the_token_only() -> None:
    """The attached compute follows at `up`, when the new token's value arrives."""
    added, removed, changed = changed_by({"linked_compute": {"rotation": "2026-12"}})
    assert (added, removed) == (set(), set())
    assert changed == {"token:Token::databricks-linked-compute-token"}


def test_an_allowed_url_changes_the_workspace_s_one_settings_object_only() -> None:
    urls = ["https://github.com/example-org", "https://dev.azure.com/example"]
    added, removed, changed = changed_by({"hardening": {"allowed_git_urls": urls}})
    assert (added, removed) == (set(), set())
    assert changed == {"workspaceConf:WorkspaceConf::databricks-switches"}
