"""Secret scopes: Key Vaults as notebooks and clusters see them."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.access.grants import Principal, grant_identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.context import Context, Reference
from infra.conventions.known import known
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.workspace import Workspace
from infra.foundation.key_vault import KeyVault
from infra.settings.databricks.governance import SecretScope
from infra.settings.environment import EnvironmentKind
from infra.settings.key_vault import KeyVault as KeyVaultSettings
from infra.settings.key_vault import KeyVaultSku


class SecretScopes(WorkspaceContent):
    """Owns the scopes, a vault for each that names none, Databricks' right to read them, and who may read the scopes.
    Does not own secrets.

    Databricks reads as its own application for every caller: a reader of the scope reads every secret of the
    vault. Creating one needs an Entra token, never a personal access token; nothing of it can change later.
    """

    def __init__(
        self,
        settings: Mapping[str, SecretScope],
        application_object_id: str | None,
        groups: Groups,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        """`application_object_id` is AzureDatabricks'."""
        super().__init__("databricks:SecretScopes", "databricks-secret-scopes", workspace, context, opts)
        self.names: dict[str, pulumi.Output[str]] = {}
        self.vaults: dict[str, Reference] = {}
        """Those made here, by their scope."""
        granted: dict[str, Reference] = {}
        for key, scope in settings.items():
            if application_object_id is None:
                raise pulumi.RunError(f"databricks.secret_scopes.{key}: nobody who could read its vault")
            vault = self._vault(key, scope)
            # Two scopes may show one vault; the right to read it is one.
            if vault.id.lower() not in granted:
                granted[vault.id.lower()] = self._let_read(key, vault, application_object_id)
            self.names[key] = self._scope(key, scope, granted[vault.id.lower()], groups)
        self.register_outputs({"scopes": sorted(settings)})

    def _vault(self, key: str, scope: SecretScope) -> Reference:
        if scope.key_vault_resource_id is not None:
            return Reference.to_existing(scope.key_vault_resource_id)
        access, inside = AccessScope.SECRET_SCOPE_VAULT, pulumi.ResourceOptions(parent=self)
        prod = self.context.environment.kind is EnvironmentKind.PROD
        settings = KeyVaultSettings(sku=KeyVaultSku.PREMIUM if prod else KeyVaultSku.STANDARD)
        vault = KeyVault(f"scope-{key}", settings, access, self.context, inside).reference
        self.vaults[key] = vault
        return vault

    def _let_read(self, key: str, vault: Reference, application_object_id: str) -> Reference:
        rights = grant_identity(
            self,
            IdentityPurpose.DATABRICKS_APPLICATION,
            Principal(application_object_id, application_object_id, "ServicePrincipal"),
            AccessScope.KEY_VAULT,
            vault,
            {Condition.SECRET_SCOPE},
            part=key,
        )
        return vault.after(*rights)

    def _scope(self, key: str, settings: SecretScope, vault: Reference, groups: Groups) -> pulumi.Output[str]:
        name = self.object_name(key)
        scope = pulumi_databricks.SecretScope(
            f"databricks-secret-scope-{key}",
            name=name,
            backend_type="AZURE_KEYVAULT",
            keyvault_metadata=pulumi_databricks.SecretScopeKeyvaultMetadataArgs(
                resource_id=vault.known_id,
                dns_name=vault.known_name.apply(lambda text: f"https://{text}.vault.azure.net/"),
            ),
            opts=self.content(),
        )
        readers: dict[str, pulumi.Input[str]] = {"jobs": groups.principal.resource.application_id}
        readers |= {persona.replace("_", "-"): groups.names[persona] for persona in settings.readers}
        acls = [
            pulumi_databricks.SecretAcl(
                f"databricks-secret-scope-{key}-{reader}",
                scope=known(name, scope),
                principal=principal,
                permission="READ",
                opts=self.content(),
            )
            for reader, principal in readers.items()
        ]
        return known(name, scope, *acls)

    def reference(self, key: str, secret: str) -> pulumi.Output[str]:
        """How a cluster names a secret; Databricks puts the value in its place when the cluster starts."""
        return self.names[key].apply(lambda scope: f"{{{{secrets/{scope}/{secret}}}}}")
