"""The workspace's switches: one object holds them all, so one place decides them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.workspace import Workspace
from infra.settings.databricks.governance import Hardening


class WorkspaceSwitches(WorkspaceContent):
    """Owns the workspace's settings and the allow list of its front end.

    The list must hold the deployer's own address, or the next call is refused ("Unauthorized access to Org").
    """

    def __init__(
        self,
        hardening: Hardening,
        ip_ranges: Sequence[str],
        *,
        needs_tokens: bool,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`ip_ranges`: who may open the public front end, empty for no list; `needs_tokens`: linked compute."""
        super().__init__("databricks:WorkspaceSwitches", "databricks-switches", workspace, context, opts)
        self.resource = pulumi_databricks.WorkspaceConf(
            "databricks-switches",
            custom_config=switches(hardening, ip_lists=bool(ip_ranges), needs_tokens=needs_tokens),
            opts=self.content(),
        )
        if ip_ranges:
            # A list can be made only after the feature is on (terraform-provider-databricks, ip_access_list).
            pulumi_databricks.IpAccessList(
                "databricks-ip-access-list",
                label=self.object_name("allowed"),
                list_type="ALLOW",
                ip_addresses=list(ip_ranges),
                opts=self.content(depends_on=[self.resource]),
            )
        self.register_outputs({})


def switches(hardening: Hardening, *, ip_lists: bool, needs_tokens: bool) -> Mapping[str, str]:
    """Key to text; the service takes no other type.

    Keys: terraform-provider-databricks docs/resources/workspace_conf.md and exporter/context.go. A key that is
    not sent keeps its value, so every switch is always sent, but for the git list: enabled and empty, it would
    stop every commit.
    """
    on = {True: "true", False: "false"}
    values = {
        "enableIpAccessLists": on[ip_lists],
        "enableTokensConfig": on[hardening.personal_access_tokens or needs_tokens],
        "maxTokenLifetimeDays": str(hardening.max_token_lifetime_days),
        "enableResultsDownloading": on[hardening.download_results],
        "enableExportNotebook": on[hardening.export_notebooks],
        "enableUploadDataUis": on[hardening.upload_data],
        "enableDbfsFileBrowser": on[hardening.dbfs_browser],
        "enableWebTerminal": on[hardening.web_terminal],
        "enableVerboseAuditLogs": on[hardening.verbose_audit_logs],
        # Results are in a notebook's file: exporting them to git would publish data with the code.
        "reposIpynbResultsExportPermissions": "DISABLE",
        # Init scripts that every cluster would run, from any author; both kinds are past their end of life.
        "enableDeprecatedGlobalInitScripts": "false",
        "enableDeprecatedClusterNamedInitScripts": "false",
        "enableProjectsAllowList": on[bool(hardening.allowed_git_urls)],
    }
    if hardening.allowed_git_urls:
        values["projectsAllowList"] = ",".join(hardening.allowed_git_urls)
        values["projectsAllowListPermissions"] = "ALLOWLISTED_CLONE_COMMIT_PUSH"
    return values
