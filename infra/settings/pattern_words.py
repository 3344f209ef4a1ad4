"""What a setting's pattern asks for, in words: a reader of a refusal does not want to read a regular expression."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


def _resource(kind: str, type_: str) -> tuple[str, str]:
    """The ARM id of a resource in a group, and how it is asked for."""
    path = "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/"
    shown = "/subscriptions/…/resourceGroups/…/providers/"
    return f"^{path}{type_}/[^/]+$", f"the resource id of {kind}: {shown}{type_}/NAME"


PATTERN_WORDS: Mapping[str, str] = MappingProxyType(
    dict(
        [
            # Keys and names.
            (
                "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
                "small letters and digits that begin with a letter, joined by single hyphens, such as make-tables",
            ),
            (
                "^[a-z0-9]+(-[a-z0-9]+)*$",
                "small letters and digits, joined by single hyphens, such as raw",
            ),
            ("^[a-z0-9](-?[a-z0-9])*$", "small letters and digits, with single hyphens between them"),
            (
                "^[a-z0-9](-?[a-z0-9]){0,62}$",
                "at most 63 small letters and digits, with single hyphens between them, such as azureml",
            ),
            (
                "^[a-z0-9](-?[a-z0-9]){2,62}$",
                "3 to 63 small letters and digits, with single hyphens between them, such as landing-2026",
            ),
            ("^[a-z0-9]+([._/-]+[a-z0-9]+)*$", "the name of a repository, such as forecast/scoring"),
            ("^[a-z][a-z0-9]{0,9}$", "1 to 10 small letters and digits that begin with a letter"),
            ("^[a-z][a-z0-9]{0,14}$", "1 to 15 small letters and digits that begin with a letter"),
            (
                "^[a-z][a-z0-9]{1,7}$",
                "2 to 8 small letters and digits that begin with a letter, such as prod",
            ),
            (
                "^[a-z][a-z0-9]{1,9}$",
                "2 to 10 small letters and digits that begin with a letter, such as forecast",
            ),
            (
                "^[a-z]([a-z0-9-]{1,61}[a-z0-9])$",
                "3 to 63 small letters, digits and hyphens that begin with a letter",
            ),
            (
                "^[a-z][a-z0-9_]*$",
                "small letters, digits and underscores that begin with a letter, such as sold_on",
            ),
            (
                "^[a-z][a-z0-9_]{0,62}$",
                "at most 63 small letters, digits and underscores that begin with a letter",
            ),
            (
                "^[a-z][a-z0-9_]{1,62}$",
                "2 to 63 small letters, digits and underscores that begin with a letter",
            ),
            (
                "^[A-Za-z_][A-Za-z0-9_]*$",
                "letters, digits and underscores that begin with no digit, such as LOG_LEVEL",
            ),
            ("^[A-Za-z][A-Za-z0-9_]*$", "letters, digits and underscores that begin with a letter"),
            (
                "^[A-Za-z_]\\w*$",
                "the name of a column: letters, digits and underscores that begin with no digit",
            ),
            ("^[a-zA-Z]\\w*$", "letters, digits and underscores that begin with a letter"),
            ("^[a-zA-Z0-9-]+$", "letters, digits and hyphens, such as jobs-client-secret"),
            ("^[A-Za-z0-9-]{2,20}$", "2 to 20 letters, digits and hyphens, such as CC-4711"),
            ("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", "letters, digits, hyphens and underscores"),
            (
                "^[a-zA-Z0-9][a-zA-Z0-9._-]{0,29}$",
                "at most 30 letters, digits, dots, hyphens and underscores",
            ),
            (
                "^[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9])?$",
                "letters, digits, dots, hyphens and underscores that begin and end with a letter or digit",
            ),
            (
                "^[a-zA-Z0-9]([a-zA-Z0-9_.-]{0,78}[a-zA-Z0-9_])?$",
                "at most 80 letters, digits, dots, hyphens and underscores that begin with a letter or digit",
            ),
            ("^[0-9A-Za-z.-]{1,32}$", "at most 32 letters, digits, dots and hyphens, such as 2026-11"),
            ("^[A-Za-z][A-Za-z0-9.]*[A-Za-z0-9]$", "the name of a package of R, such as data.table"),
            (
                "^[^\\[\\]'\"\\\\;]{1,128}$",
                "at most 128 characters without brackets, quotes, backslashes and semicolons",
            ),
            (
                "^[\\w$-]+(\\.[\\w$-]+)?$",
                "the name of a table, with its schema where it has one: sales.orders",
            ),
            ("^\\w+\\.\\w+\\.\\w+$", "catalog.schema.name, such as forecast_models.demand.store"),
            # Ids.
            (
                "^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$",
                "a GUID, such as 22222222-2222-2222-2222-222222222222",
            ),
            ("^[0-9a-f]{40}$", "the whole hash of a commit, 40 characters"),
            ("^\\d+$", "digits only, such as 1234567890123456"),
            (
                "^/subscriptions/[^/]+/resourceGroups/[^/]+$",
                "the id of a resource group: /subscriptions/…/resourceGroups/NAME",
            ),
            _resource("a container registry", "Microsoft.ContainerRegistry/registries"),
            _resource("a resource guard", "Microsoft.DataProtection/resourceGuards"),
            _resource("an Application Insights component", "Microsoft.Insights/components"),
            _resource("an Azure Monitor private link scope", "Microsoft.Insights/privateLinkScopes"),
            _resource("a key vault", "Microsoft.KeyVault/vaults"),
            _resource("a managed identity", "Microsoft.ManagedIdentity/userAssignedIdentities"),
            _resource("a network watcher", "Microsoft.Network/networkWatchers"),
            _resource("a virtual network", "Microsoft.Network/virtualNetworks"),
            _resource("a Log Analytics workspace", "Microsoft.OperationalInsights/workspaces"),
            _resource("a storage account", "Microsoft.Storage/storageAccounts"),
            # Sizes and versions.
            (
                "^(Basic|Standard)_[A-Z]+[0-9]+(-[0-9]+)?[a-z]*(_(cc|xl|[A-Z0-9]+))*(_v[0-9]+)?(_Promo)?$",
                "a VM size as Azure spells it, such as Standard_D4ds_v5",
            ),
            ("^(F0|S|S[1-4])$", "F0, S, or S1 to S4"),
            (
                "^DW(100|200|300|400|500|1000|1500|2000|2500|3000|5000|6000|7500|10000|15000|30000)c$",
                "a size of a dedicated SQL pool, from DW100c to DW30000c",
            ),
            ("^[1-9]\\d*$", "a whole number from 1"),
            ("^[1-9]\\d*(Mi|Gi)$", "memory with its unit, such as 512Mi or 2Gi"),
            ("^[1-9]\\d*m?$", "cores or thousandths of one, such as 2 or 500m"),
            ("^[1-3]$", "1, 2 or 3"),
            ("^1\\.\\d{2}(\\.\\d+)?$", "a version of Kubernetes, such as 1.33 or 1.33.5"),
            ("^3\\.(9|1[0-3])$", "a version of Python from 3.9 to 3.13"),
            ("^\\d+(\\.\\d+)+(\\.post\\d+)?$", "a version, such as 1.60.0"),
            ("^\\d\\.\\d$", "a version of Spark, such as 3.5"),
            # Times.
            ("^([01]\\d|2[0-3]):[0-5]\\d$", "a time of day with two digits each, such as 06:30"),
            ("^[+-](0\\d|1[0-4]):[0-5]\\d$", "an offset from UTC, such as +01:00"),
            ("^(\\S+ ){4}\\S+$", "a cron expression of five fields, such as 0 4 * * 1"),
            ("^[^/]+$", "a Windows time zone without a slash, such as W. Europe Standard Time"),
            # Files and folders.
            (
                "^(/Volumes/[^/\\s]+/[^/\\s]+/[^/\\s]+/|abfss://[^@/\\s]+@[^@/\\s]+/)([^/\\s]+/)*$",
                "a folder of a volume or of storage that ends with a slash: /Volumes/CATALOG/SCHEMA/VOLUME/ or "
                "abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/",
            ),
            ("^(/Volumes/|dbfs:/)\\S+$", "a folder that begins with /Volumes/ or dbfs:/"),
            (
                "^(/Workspace/|/Repos/|/Shared/|/Volumes/|abfss://)\\S+\\.sh$",
                "a script in the workspace, a volume or storage: /Workspace/…, /Volumes/… or abfss://…, ending in .sh",
            ),
            (
                "^(/Workspace/|/Volumes/|abfss://)\\S+\\.jar$",
                "a JAR in the workspace, a volume or storage: /Workspace/…, /Volumes/… or abfss://…, ending in .jar",
            ),
            (
                "^(/Workspace/|/Volumes/|abfss://)\\S+\\.txt$",
                "a file in the workspace, a volume or storage: /Workspace/…, /Volumes/… or abfss://…, ending in .txt",
            ),
            (
                "^(/Workspace/|/Volumes/|abfss://)\\S+\\.whl$",
                "a wheel in the workspace, a volume or storage: /Workspace/…, /Volumes/… or abfss://…, ending in .whl",
            ),
            (
                "^(dbfs:/|/Volumes/|/Workspace/)\\S+\\.jar$",
                "dbfs:/… or /Volumes/… or /Workspace/…, ending in .jar",
            ),
            (
                "^(dbfs:/|/Volumes/|/Workspace/)\\S+\\.py$",
                "dbfs:/… or /Volumes/… or /Workspace/…, ending in .py",
            ),
            (
                "^([\\w.=-]+(/[\\w.=-]+)*)?$",
                "a folder without a slash at either end, such as sales/2026; empty for the root",
            ),
            ("^[\\w.=-]+(/[\\w.=-]+)*$", "a folder without a slash at either end, such as sales/2026"),
            (
                "^[\\w.-]+(/[\\w.-]+)*$",
                "the path of a notebook without a slash at either end, such as jobs/train",
            ),
            ("^[\\w.-]+$", "the end of a file's name, such as .csv"),
            ("^[^/\\s]", "a path that begins with no slash"),
            (
                "^[^/\\s]\\S*\\.txt$",
                "a file in the repository, such as requirements.txt, with no slash before it",
            ),
            ("^[^/].*$", "a path that begins with no slash"),
            ("^[^/].*\\.py$", "a file of Python, with a path that begins with no slash"),
            ("^/\\S*$", "a path that begins with a slash, such as /health"),
            ("^\\./\\S+$", "a path that begins with ./"),
            ("^\\S+$", "text without blanks"),
            (
                "^[^\\s~^:?*\\[\\\\]+$",
                "the name of a branch or tag, without blanks and none of ~ ^ : ? * [ \\",
            ),
            # Addresses.
            ("@", "an e-mail address"),
            ("^https://\\S+$", "an address that begins with https://"),
            ("^https://[^\\s/]+\\S*$", "an address that begins with https://"),
            (
                "^https://[^\\s@,]+$",
                "an address that begins with https:// and holds neither a user nor a token",
            ),
            (
                "^https://[^\\s/@]+(/\\S*)?$",
                "an address that begins with https:// and holds neither a user nor a token",
            ),
            ("^https?://[^/\\s]+(/\\S*)?$", "an address that begins with https:// or http://"),
            (
                "^https://adb-\\d+\\.\\d+\\.azuredatabricks\\.net$",
                "a workspace's own address, https://adb-NUMBER.NUMBER.azuredatabricks.net",
            ),
            (
                "^(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)+$",
                "a host in small letters, such as api.contoso.com or *.contoso.com",
            ),
            ("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", "a host in small letters, such as scoring.contoso.com"),
            ("^\\d+\\.\\d+\\.\\d+\\.\\d+$", "an address, such as 10.0.0.4"),
            ("^\\d+\\.\\d+\\.\\d+\\.\\d+/\\d+$", "a range of addresses, such as 203.0.113.0/24"),
            # What is named elsewhere.
            ("^env:[A-Za-z_][A-Za-z0-9_]*$", "env:NAME, with letters, digits and underscores"),
            (
                "^[a-z0-9.-]+(:[0-9]+)?/\\S+(:[^\\s:/]+|@sha256:[0-9a-f]{64})$",
                "an image with its registry and its tag or digest, such as contoso.azurecr.io/app:1.4",
            ),
            (
                "^[a-z0-9][a-zA-Z0-9./_-]*(:[a-zA-Z0-9._-]+|@sha256:[0-9a-f]{64})$",
                "an image with its tag or digest, such as scoring:1.4",
            ),
            (
                "^mcr\\.microsoft\\.com/azure-cognitive-services/\\S+:\\S+$",
                "an image of mcr.microsoft.com/azure-cognitive-services with its tag",
            ),
            (
                "^[a-z][a-z0-9-]*$|^azureml:[a-zA-Z0-9][a-zA-Z0-9_-]*:[a-zA-Z0-9._-]+$",
                "the key of an environment of this stack, or azureml:NAME:VERSION",
            ),
            (
                "^[a-z][a-z0-9-]*$|^workspaceblobstore$",
                "the key of a datastore of this stack, or workspaceblobstore",
            ),
            ("^azureml:[a-zA-Z0-9][a-zA-Z0-9_-]*:[a-zA-Z0-9._-]+$", "azureml:NAME:VERSION"),
            (
                "^azureml:[a-zA-Z0-9][a-zA-Z0-9_-]*:[a-zA-Z0-9._-]+$"
                "|^azureml://registries/[^/]+/models/[^/]+/versions/[^/]+$",
                "azureml:NAME:VERSION, or azureml://registries/REGISTRY/models/NAME/versions/VERSION",
            ),
            (
                "^(string|boolean|tinyint|smallint|int|bigint|float|double|date|timestamp|timestamp_ntz|binary"
                "|decimal\\([1-9]\\d?,\\d{1,2}\\))$",
                "a type of Spark SQL, such as string, bigint, double, date, timestamp or decimal(18,2)",
            ),
        ]
    )
)
"""By pattern; `tests/infra/settings/test_pattern_words.py` holds it to the schema."""
