"""Ids have the form of the service's, also for types outside the catalogue, and for those that are looked up."""

import pulumi
from pulumi_azure_native import cosmosdb, servicebus, web

consumer = servicebus.Subscription(
    "consumer",
    resource_group_name="shared",
    namespace_name="events",
    topic_name="orders",
    subscription_name="audit",
)
container = cosmosdb.SqlResourceSqlContainer(
    "container",
    resource_group_name="shared",
    account_name="shop",
    database_name="orders",
    container_name="open",
    resource={"id": "open"},
)
plan = web.get_app_service_plan_output(resource_group_name="shared", name="plan")


def check(found: list[str]) -> None:
    ends = (
        "Microsoft.ServiceBus/namespaces/events/topics/orders/subscriptions/audit",
        "Microsoft.DocumentDB/databaseAccounts/shop/sqlDatabases/orders/containers/open",
        "resourceGroups/shared/providers/Microsoft.Web/serverfarms/plan",
    )
    for text, end in zip(found, ends, strict=True):
        if not text.lower().endswith(end.lower()):
            raise ValueError(f"{text} does not end with {end}")


pulumi.Output.all(consumer.id, container.id, plan.id).apply(check)
