"""What holds against harm, where it is, and what fails without it: the second table of docs/threat-model.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ACCEPTED = "accepted"


@dataclass(frozen=True)
class Control:
    """What holds, where it is in the project, and which policies (`AMLP-…`), tests (`file::test`) and preflight checks
    (`preflight: KEY`) fail without it. A control that nothing holds is one that somebody accepts: `signed_by`."""

    text: str
    place: str
    held_by: tuple[str, ...] = ()
    signed_by: str = ""


_REACH = "tests/test_identity_reach.py"
_FIRST_RUN = "tests/bootstrap/test_first_run.py"
_OTHERS_OWN = "tests/bootstrap/test_what_others_own.py"
CONTROLS: Mapping[str, Control] = {
    "entra": Control(
        "services take Entra identities only: keys are off, so every access has a name",
        "infra/foundation",
        ("AMLP-ST-001", "AMLP-CR-001", "AMLP-ML-021", "AMLP-KV-004"),
    ),
    "closed": Control(
        "in production no service answers on a public endpoint",
        "infra/foundation",
        ("AMLP-ML-001", "AMLP-ML-022", "AMLP-KV-005", "AMLP-CR-003"),
    ),
    "no-identity": Control(
        "a fork's code gets no identity, no token and no secret",
        ".github/workflows/pull-request.yml",
        (
            f"{_REACH}::test_a_planted_way_in_is_seen",
            "tests/test_pipelines.py::test_a_forks_code_gets_neither_identity_nor_token_of_azure_devops",
        ),
    ),
    "places": Control(
        "an identity is one protected place's: main only, or with a reviewer's word",
        "bootstrap/identities.py",
        (
            f"{_REACH}::test_unmerged_code_reaches_two_identities_that_only_read",
            "tests/bootstrap/test_table.py::test_what_writes_or_runs_unmerged_code_is_reviewed_in_prod",
            "AMLP-AC-010",
        ),
    ),
    "no-preview": Control(
        "no branch previews in production, unless somebody approves each run",
        "bootstrap/options.py",
        (
            "tests/bootstrap/test_first_run.py::test_no_pull_request_reaches_an_identity_unless_asked_for",
            "tests/infra/databricks/test_rights.py::test_no_branch_previews_in_production",
        ),
    ),
    "smoke": Control(
        "the notebooks' pull requests run as a principal with one cluster, no grant and no secret",
        "infra/databricks/smoke_tests.py",
        (
            "tests/infra/databricks/test_smoke_tests.py::test_the_principal_of_branches_starts_one_cluster_and_has_nothing_else",
        ),
    ),
    "owners": Control(
        "workflows, policies, waivers, the rehearsal and the bootstrap have owners who review; "
        "nobody passes main alone",
        ".github/CODEOWNERS",
        ("tests/infra/preflight/test_repository.py::test_each_rule_that_is_missing_stops_a_deployment",),
    ),
    "plan": Control(
        "what is deployed is what was approved: plan, commit and state are sealed together",
        "pipelines/plan.py",
        ("tests/pipelines/test_plan.py::test_anything_else_is_refused",),
    ),
    "comment": Control(
        "a comment says whose code wrote it; a real preview's conclusion comes from the hosting service",
        "pipelines/comment.py",
        ("tests/pipelines/test_github.py",),
    ),
    "looks": Control(
        "in production people only look: no role of theirs writes",
        "infra/access/table.py",
        ("AMLP-AC-002", "AMLP-AC-015", "AMLP-AC-001"),
    ),
    "apart": Control(
        "environments of both kinds have groups of their own",
        "Pulumi.prod.yaml",
        ("AMLP-AC-031",),
    ),
    "no-secret": Control(
        "no person reads what jobs sign in with; each secret scope has a vault of its own",
        "infra/databricks/secret_scopes.py",
        ("AMLP-AC-040", "AMLP-DO-090"),
    ),
    "catalog": Control(
        "data is reached through the catalog's grants", "infra/access/table.py", ("AMLP-AC-025",)
    ),
    "tracker": Control(
        "jobs hold a role that tracks and registers, and nothing else",
        "infra/conventions/custom_roles.py",
        ("AMLP-AC-041",),
    ),
    "egress": Control(
        "in production training and scoring compute reaches approved targets only",
        "infra/ml/outbound.py",
        ("AMLP-ML-004",),
    ),
    "way-out": Control(
        "where network.egress is firewall, nothing with machines goes round it, and it lets out to named targets",
        "infra/foundation/egress_rules.py",
        ("AMLP-NW-060", "AMLP-NW-061", "AMLP-NW-062", "tests/infra/test_private_network.py"),
    ),
    "packages": Control(
        "in production what jobs install comes from an index that somebody watches, by hash where job_requirements is "
        "set",
        "infra/databricks/installed.py",
        ("AMLP-NW-063", "tests/infra/settings/test_package_refusals.py"),
    ),
    "open-way-out": Control(
        "with network.egress: nat, the default, Databricks' jobs and scoring code may call any host; a firewall's tags "
        "Sql and EventHub, and three wildcards of Azure ML's extension, let out to anybody's account there",
        "docs/decisions/0040-the-way-out-is-a-setting.md",
        signed_by="security architecture",
    ),
    "landing": Control(
        "landing files cannot be changed while their time lasts",
        "infra/data/lake.py",
        ("AMLP-RC-014",),
    ),
    "vault": Control(
        "production's lake is copied every day into a vault that is immutable, and that a guard of others watches",
        "infra/data/lake_backup.py",
        ("AMLP-RC-009", "AMLP-RC-010", "AMLP-RC-011", "AMLP-RC-012", "AMLP-RC-016"),
    ),
    "losses": Control(
        "which loss by which identity comes back is computed from the access tables",
        "docs/recovery-by-identity.md",
        ("tests/infra/access/test_losses.py",),
    ),
    "registered": Control(
        "people do not write what runs registered; the gate takes versions of the jobs' principal only, "
        "and compares digests",
        "infra/promotion",
        (
            "AMLP-AC-042",
            "tests/infra/promotion/test_gate.py::test_only_what_the_jobs_registered_is_promoted",
            "tests/infra/promotion/test_scripts.py::test_files_that_changed_while_people_approved_are_not_copied",
        ),
    ),
    "scan": Control(
        "pickles are looked through before the gate",
        "infra/promotion/scan.py",
        ("tests/infra/promotion/test_content_and_scan.py::test_what_no_scanner_sees_through_is_refused",),
    ),
    "approved-models": Control(
        "deployments take models of the workspace or of approved registries",
        "policies/prod.json",
        ("AMLP-ML-040",),
    ),
    "signal": Control(
        "a training starts on what a principal wrote, never on what a caller can write",
        "infra/monitoring/retraining.py",
        ("AMLP-MN-020",),
    ),
    "reads-only": Control(
        "scoring only reads; where the service asks for more, it writes nothing of what runs registered",
        "infra/access/identity_rows_ml.py",
        ("AMLP-AC-014", "AMLP-AC-070"),
    ),
    "delegation": Control(
        "the deploying identity assigns the roles of the access tables, and no others; it defines none by default",
        "bootstrap/delegation.py",
        (
            "tests/infra/preflight/test_rights.py::test_it_lets_no_role_be_given_that_no_table_names",
            "AMLP-AC-008",
        ),
    ),
    "told": Control(
        "every change to roles, locks, diagnostics and alerts raises an alert",
        "infra/monitoring/sensitive_changes.py",
        (
            "AMLP-MN-030",
            "tests/infra/monitoring/test_sensitive_changes.py::"
            "test_every_guarded_operation_is_told_to_the_action_group_for_the_whole_subscription",
        ),
    ),
    "watched": Control(
        "Defender watches the vaults, the accounts, the clusters and the subscription; the network's flows are written "
        "into another team's account",
        "infra/foundation/defender_plans.py",
        (
            "AMLP-MN-060",
            "AMLP-MN-061",
            "tests/infra/test_watched_subscription.py::"
            "test_prods_flows_are_written_to_another_teams_account_by_an_identity",
        ),
    ),
    "assigned": Control(
        "apps let in whom somebody assigned, and nobody else of the tenant",
        "infra/preflight/sign_in.py",
        ("tests/infra/preflight/test_sign_in.py::test_an_app_that_lets_everybody_in_stops_prod_alone",),
    ),
    "handed": Control(
        "no branch's job is handed deployments' secrets or a machine inside the network without becoming anybody",
        "bootstrap/pieces.py",
        (
            f"{_REACH}::test_a_planted_way_in_is_seen",
            f"{_REACH}::test_a_planted_way_in_is_seen_on_azure_devops",
            f"{_OTHERS_OWN}::test_what_every_branch_would_be_handed_is_told_and_left_to_people",
            f"{_OTHERS_OWN}::test_an_agent_pool_of_azure_devops_is_held_to_main",
        ),
    ),
    "emergency": Control(
        "what an emergency account changes is told",
        "infra/monitoring/sensitive_changes.py",
        (
            "tests/infra/monitoring/test_sensitive_changes.py::test_what_an_account_for_emergencies_changes_is_told",
        ),
    ),
    "reading": Control(
        "a reading identity writes nothing; the gate cannot decrypt the state either",
        "bootstrap/identities.py",
        ("tests/bootstrap/test_first_run.py::test_only_who_deploys_writes_and_the_gate_cannot_decrypt",),
    ),
    "locks": Control(
        "locks and protection stop a deletion; the deploying identity sets locks and takes none off",
        "bootstrap/own_roles.py",
        (
            "AMLP-RC-006",
            "AMLP-RC-001",
            f"{_FIRST_RUN}::test_who_deploys_sets_locks_and_takes_none_off",
            "tests/infra/preflight/test_rights.py::test_a_pipeline_that_takes_locks_off_is_stopped_and_a_person_is_not",
        ),
    ),
    "state": Control(
        "the state has versions and 90 days of soft delete, and no keys",
        "bootstrap/state.py",
        ("tests/bootstrap/test_bad_input.py::test_what_somebody_changed_is_told_and_only_that_repaired",),
    ),
    "side-doors": Control(
        "nodes run no SSH, clusters take no commands through Azure, images are not copied out",
        "docs/decisions/0021-what-is-switched-off-beside-the-front-door.md",
        ("AMLP-KS-041", "AMLP-KS-042", "AMLP-CR-021"),
    ),
    "decrypts": Control(
        "planning and looking load the stack, so these identities read its secrets; they run main's code only",
        "bootstrap/identities.py",
        signed_by="the owner of the secrets",
    ),
    "two-reviewers": Control(
        "who merges alone what an owner wrote can do what the deployment can; the seal tells what it was",
        "docs/pipelines.md",
        signed_by="the head of the platform team",
    ),
    "writes-data": Control(
        "jobs write the zones that they fill: up to a day's writes are lost with a bad job",
        "docs/recovery-by-identity.md",
        signed_by="the owner of the data",
    ),
    "contributor": Control(
        "the deploying identity is Contributor of the subscription: it can delete what is not locked; "
        "the vault's copies stay",
        "docs/bootstrap.md",
        signed_by="the owner of the subscription",
    ),
    "activity": Control(
        "the activity log and the logs of state and key go to a workspace of another subscription; "
        "nobody deletes their sender, and who changes it is told of",
        "bootstrap/logs.py",
        (
            f"{_FIRST_RUN}::test_logs_go_where_the_deploying_identity_cannot_delete_them",
            "tests/bootstrap/test_bad_input.py::test_what_somebody_changed_is_told_and_only_that_repaired",
        ),
    ),
    "home": Control(
        "production's state, key and identities lie in a subscription where the deploying identity holds two data "
        "roles: it trusts no other job as itself, and deletes no version of the state",
        "bootstrap/names.py",
        (
            f"{_FIRST_RUN}::test_prods_state_key_identities_and_logs_are_out_of_the_deploying_identity_s_reach",
        ),
    ),
    "whole-account": Control(
        "the scoring identity reads the whole storage account of the workspace",
        "docs/decisions/0047-what-the-services-do-not-let.md",
        signed_by="the owner of the models",
    ),
    "owns": Control(
        "an owner can do everything; two emergency accounts, no standing Owner, and an alert are what there is",
        "docs/bootstrap.md",
        signed_by="the owner of the subscription",
    ),
    "nonprod": Control(
        "a platform administrator repairs nonprod by hand, and may harm it by hand",
        "infra/access/table.py",
        signed_by="the head of the platform team",
    ),
}
