"""Policies: of a family with overrides, of one's own, with libraries, merged by the program."""

import json

import pulumi_databricks as databricks

team = "analytics"
default = {
    "dbus_per_hour": {"type": "range", "maxValue": 10},
    "autotermination_minutes": {"type": "fixed", "value": 20, "hidden": True},
    "custom_tags.Team": {"type": "fixed", "value": team},
    "cluster_type": {"type": "fixed", "value": "all-purpose"},
    "spark_version": {"type": "regex", "pattern": "1[456]\\.[0-9]+\\.x-scala.*"},
    "node_type_id": {"type": "blocklist", "values": ["Standard_NC24s_v3"]},
    "azure_attributes.availability": {"type": "fixed", "value": "ON_DEMAND_AZURE"},
    "cluster_log_conf.type": {"type": "fixed", "value": "DBFS"},
    "cluster_log_conf.path": {"type": "fixed", "value": "dbfs:/cluster-logs"},
    "init_scripts.0.workspace.destination": {"type": "fixed", "value": "/Shared/init.sh"},
    "init_scripts.*.s3.destination": {"type": "forbidden"},
    "data_security_mode": {
        "type": "allowlist",
        "values": ["SINGLE_USER", "USER_ISOLATION"],
        "defaultValue": "USER_ISOLATION",
    },
    "workload_type.clients.jobs": {"type": "fixed", "value": False},
    "enable_elastic_disk": {"type": "fixed", "value": True},
    "runtime_engine": {"type": "unlimited", "isOptional": True},
    "docker_image.url": {"type": "forbidden", "hidden": True},
    "autoscale.max_workers": {
        "type": "range",
        "minValue": 1,
        "maxValue": 10,
        "defaultValue": 2,
        "isOptional": True,
    },
    "num_workers": {"type": "range", "maxValue": 10, "isOptional": True},
}
fair_use = databricks.ClusterPolicy(
    "fair_use",
    name=f"{team} cluster policy",
    definition=json.dumps(default),
    libraries=[
        {"pypi": {"package": "databricks-sdk==0.12.0"}},
        {"maven": {"coordinates": "com.oracle.database.jdbc:ojdbc8:19.3.0.0"}},
    ],
)
databricks.Permissions(
    "can_use",
    cluster_policy_id=fair_use.id,
    access_controls=[{"group_name": team, "permission_level": "CAN_USE"}],
)
databricks.Cluster(
    "shared",
    cluster_name="shared",
    policy_id=fair_use.id,
    spark_version="16.4.x-scala2.12",
    node_type_id="Standard_D4ds_v5",
    autotermination_minutes=20,
    num_workers=2,
    data_security_mode="USER_ISOLATION",
    init_scripts=[{"workspace": {"destination": "/Shared/init.sh"}}],
    cluster_log_conf={"dbfs": {"destination": "dbfs:/cluster-logs"}},
)
personal = databricks.ClusterPolicy(
    "personal_vm",
    name="Personal Compute",
    policy_family_id="personal-vm",
    policy_family_definition_overrides=json.dumps(
        {
            "autotermination_minutes": {"type": "fixed", "value": 220, "hidden": True},
            "custom_tags.Team": {"type": "fixed", "value": team},
        }
    ),
)
databricks.Cluster(
    "mine",
    policy_id=personal.id,
    apply_policy_default_values=True,
    autotermination_minutes=220,
    spark_version="16.4.x-cpu-ml-scala2.12",
    node_type_id="Standard_D4ds_v5",
    num_workers=0,
)
