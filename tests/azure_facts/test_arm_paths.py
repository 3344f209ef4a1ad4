"""Forms of ids by resource type."""

from __future__ import annotations

import pytest

from azure_facts.arm_paths import SOURCES, arm_path
from azure_facts.data_files import read_csv

GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/"


@pytest.mark.parametrize(
    ("token", "path"),
    [
        ("network:NetworkInterface", f"{GROUP}Microsoft.Network/networkInterfaces/{{networkInterfaceName}}"),
        ("web:WebApp", f"{GROUP}Microsoft.Web/sites/{{name}}"),
        (
            "servicebus:Subscription",
            f"{GROUP}Microsoft.ServiceBus/namespaces/{{namespaceName}}/topics/{{topicName}}/subscriptions/"
            "{subscriptionName}",
        ),
        ("redis:Redis", f"{GROUP}Microsoft.Cache/Redis/{{name}}"),
        (
            "impact:Connector",
            "/subscriptions/{subscriptionId}/providers/Microsoft.Impact/connectors/{connectorName}",
        ),
    ],
)
def test_a_type_has_the_path_of_the_service(token: str, path: str) -> None:
    found = arm_path(f"azure-native:{token}")
    assert found is not None
    assert found.lower() == path.lower()


def test_a_type_that_is_not_in_the_table_has_none() -> None:
    assert arm_path("azure-native:web:NoSuchThing") is None
    assert arm_path("random:index/randomString:RandomString") is None


def test_every_row_names_a_source_and_something_that_tells_two_apart() -> None:
    for row in read_csv("arm_paths.csv", ("type", "scope", "path", "from")):
        assert row["from"] in SOURCES
        segments = row["path"].split("/")
        assert len(segments) % 2 == 1, row
        assert "{" in row["path"] or row["scope"] != "tenant", row
