"""Unity Catalog: credential, location, catalog, schema, volume, models, and grants in both forms."""

import pulumi_databricks as databricks

credential = databricks.StorageCredential(
    "external",
    name="mi_credential",
    azure_managed_identity={
        "access_connector_id": "/subscriptions/77777777-7777-7777-7777-777777777777/resourceGroups/rg-data/providers"
        "/Microsoft.Databricks/accessConnectors/connector"
    },
    comment="Managed identity credential managed by TF",
)
some = databricks.ExternalLocation(
    "some", name="external", url="abfss://ext@stdata.dfs.core.windows.net/", credential_name=credential.id
)
sandbox = databricks.Catalog(
    "sandbox",
    name="sandbox",
    comment="this catalog is managed by terraform",
    properties={"purpose": "testing"},
    storage_root=some.url.apply(lambda url: f"{url}sandbox"),
    force_destroy=True,
)
things = databricks.Schema("things", catalog_name=sandbox.id, name="things", properties={"kind": "various"})
volume = databricks.Volume(
    "this",
    name="quickstart_volume",
    catalog_name=sandbox.name,
    schema_name=things.name,
    volume_type="MANAGED",
)
table = databricks.SqlTable(
    "thing",
    catalog_name=sandbox.name,
    schema_name=things.name,
    name="quickstart_table",
    table_type="MANAGED",
    columns=[{"name": "id", "type": "int"}, {"name": "name", "type": "string", "comment": "name of thing"}],
    warehouse_id="abcdef0123456789",
    comment="this table is managed",
)
databricks.Grants(
    "sandbox",
    catalog=sandbox.name,
    grants=[
        {
            "principal": "Data Scientists",
            "privileges": ["USE_CATALOG", "USE_SCHEMA", "CREATE_TABLE", "SELECT"],
        },
        {"principal": "Data Engineers", "privileges": ["ALL_PRIVILEGES"]},
        {"principal": "account users", "privileges": ["BROWSE"]},
    ],
)
databricks.Grants(
    "things",
    schema=things.id,
    grants=[
        {
            "principal": "Data Engineers",
            "privileges": [
                "USE_SCHEMA",
                "MODIFY",
                "EXECUTE",
                "CREATE_FUNCTION",
                "CREATE_VOLUME",
                "CREATE_MODEL",
            ],
        }
    ],
)
databricks.Grants(
    "volume",
    volume=volume.id,
    grants=[{"principal": "Data Engineers", "privileges": ["READ_VOLUME", "WRITE_VOLUME"]}],
)
databricks.Grants(
    "credential",
    storage_credential=credential.id,
    grants=[{"principal": "Data Engineers", "privileges": ["CREATE_EXTERNAL_TABLE", "READ_FILES"]}],
)
databricks.Grants(
    "location",
    external_location=some.id,
    grants=[
        {
            "principal": "Data Engineers",
            "privileges": [
                "CREATE_EXTERNAL_TABLE",
                "READ_FILES",
                "CREATE_EXTERNAL_VOLUME",
                "CREATE_MANAGED_STORAGE",
            ],
        }
    ],
)
databricks.Grant("table_ada", table=table.id, principal="ada@example.com", privileges=["SELECT", "MODIFY"])
databricks.Grant(
    "table_ci", table=table.id, principal="00000000-1111-2222-3333-444444444444", privileges=["APPLY_TAG"]
)
