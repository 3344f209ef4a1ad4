"""Who deploys, plans, previews and looks for drift, as the workspace and the account know them."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_databricks

from azure_facts.databricks_service_principals import MANAGER_ROLE, group_in_rules, rule_set_name
from infra.context import Context
from infra.conventions.known import known
from infra.databricks.content import WorkspaceContent
from infra.databricks.workspace import Workspace
from infra.settings.databricks.workspace import Databricks


class Deployers(WorkspaceContent):
    """Owns the membership of the owners' group, and of the identities that deploy, plan, preview and look for drift.
    Does not own who is in the group, nor the identities.

    A person deploys first and a pipeline afterwards, or a pipeline alone: rights are the group's, which holds both.
    """

    def __init__(
        self, settings: Databricks, workspace: Workspace, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__("databricks:Deployers", "databricks-deployers", workspace, context, opts)
        self._account_id = settings.account_id
        self.owner: pulumi.Output[str] | None = self._owners(settings.owner_group)
        """The group's name, once the workspace knows it."""
        self.ci: pulumi_databricks.ServicePrincipal | None = None
        self.ci_rights: list[pulumi_databricks.AccessControlRuleSet] = []
        """The deployer may set the pipeline's git credentials when these exist."""
        if settings.ci_application_id:
            self.ci = self._member("ci", settings.ci_application_id)
            self.ci_rights = self.rights_on(self, "databricks-ci-principal-rights", self.ci, (MANAGER_ROLE,))
        # Both ask for nothing but entry: the code that they run may be a branch's, or is not approved yet.
        if settings.plan_application_id:
            self._member("plan", settings.plan_application_id)
        if settings.preview_application_id:
            self._member("preview", settings.preview_application_id)
        if settings.drift_application_id:
            self._drift(settings.drift_application_id)
        self.register_outputs({"owner": settings.owner_group})

    def _owners(self, name: str | None) -> pulumi.Output[str] | None:
        if name is None:
            return None
        member = pulumi_databricks.PermissionAssignment(
            "databricks-owners", group_name=name, permissions=["USER"], opts=self.content()
        )
        return known(name, member)

    def _member(self, part: str, application_id: str) -> pulumi_databricks.ServicePrincipal:
        options = self.content()
        # Taken out of the settings, it must not shut itself out in the middle of its own deployment.
        options.retain_on_delete = True
        return self.member(f"databricks-{part}-principal", application_id, part, opts=options)

    def _drift(self, application_id: str) -> None:
        """An admin, because nobody else reads every object (azure_facts/databricks_reading.py); it runs main's code
        only."""
        member = self._member("drift", application_id)
        pulumi_databricks.PermissionAssignment(
            "databricks-drift-admin",
            service_principal_name=member.application_id,
            permissions=["ADMIN"],
            opts=self.content(),
        )

    def rights_on(
        self,
        component: WorkspaceContent,
        name: str,
        principal: pulumi_databricks.ServicePrincipal,
        roles: Sequence[str],
    ) -> list[pulumi_databricks.AccessControlRuleSet]:
        """Give the owners roles on a service principal, for the whole account; nothing where it is not named.

        A rule set is the whole list, so a principal has one, here or by hand (docs/databricks-first-deployment.md).
        """
        owner, account = self.owner, self._account_id
        if owner is None or account is None:
            return []
        return [
            pulumi_databricks.AccessControlRuleSet(
                name,
                name=principal.application_id.apply(lambda application: rule_set_name(account, application)),
                grant_rules=[
                    pulumi_databricks.AccessControlRuleSetGrantRuleArgs(
                        role=role, principals=[owner.apply(group_in_rules)]
                    )
                    for role in roles
                ],
                # Through the workspace, whose members set it who are no account admins.
                api="workspace",
                opts=component.content(),
            )
        ]
