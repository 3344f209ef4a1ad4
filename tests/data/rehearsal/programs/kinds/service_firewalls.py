"""Firewalls of services take addresses of the internet: some services refuse others, some never see them."""

# kind: NET370, NET371 addresses in the firewalls of other services (Cosmos DB, AI Search, registries, Event Hubs)

from pulumi_azure_native import cognitiveservices, containerregistry, cosmosdb, eventhub, resources, search

group = resources.ResourceGroup("group", location="westeurope")


def database(*addresses: str) -> dict[str, object]:
    return {
        "resource_group_name": group.name,
        "database_account_offer_type": "Standard",
        "locations": [{"location_name": "westeurope", "failover_priority": 0}],
        "ip_rules": [cosmosdb.IpAddressOrRangeArgs(ip_address_or_range=text) for text in addresses],
    }


cosmosdb.DatabaseAccount("private", **database("198.51.100.8", "10.1.2.3"))  # refused: NET370
cosmosdb.DatabaseAccount("shared", **database("100.64.0.0/16"))  # refused: NET370
cosmosdb.DatabaseAccount("newer", **database("2001:db8::1"))  # warned: NET371
cosmosdb.DatabaseAccount("right", **database("198.51.100.0/24", "0.0.0.0"))


def index(address: str) -> dict[str, object]:
    return {
        "resource_group_name": group.name,
        "sku": {"name": "basic"},
        "network_rule_set": search.NetworkRuleSetArgs(ip_rules=[search.IpRuleArgs(value=address)]),
    }


search.Service("loopback", **index("127.0.0.1"))  # refused: NET370
search.Service("found", **index("198.51.100.8"))


def registry(address: str) -> dict[str, object]:
    return {
        "resource_group_name": group.name,
        "sku": {"name": "Premium"},
        "network_rule_set": containerregistry.NetworkRuleSetArgs(
            default_action="Deny",
            ip_rules=[containerregistry.IPRuleArgs(i_p_address_or_range=address, action="Allow")],
        ),
    }


containerregistry.Registry("unseen", **registry("192.168.0.0/24"))  # warned: NET371
containerregistry.Registry("images", **registry("198.51.100.0/24"))


def models(address: str) -> dict[str, object]:
    return {
        "resource_group_name": group.name,
        "kind": "OpenAI",
        "sku": {"name": "S0"},
        "properties": cognitiveservices.AccountPropertiesArgs(
            network_acls=cognitiveservices.NetworkRuleSetArgs(
                default_action="Deny", ip_rules=[cognitiveservices.IpRuleArgs(value=address)]
            )
        ),
    }


cognitiveservices.Account("inside", **models("172.16.5.4"))  # warned: NET371
cognitiveservices.Account("models", **models("198.51.100.8"))


def rules(name: str, address: str) -> dict[str, object]:
    namespace = eventhub.Namespace(name, resource_group_name=group.name, sku={"name": "Standard"})
    return {
        "resource_group_name": group.name,
        "namespace_name": namespace.name,
        "default_action": "Deny",
        "ip_rules": [eventhub.NWRuleSetIpRulesArgs(ip_mask=address, action="Allow")],
    }


eventhub.NamespaceNetworkRuleSet("lost", **rules("lost", "10.0.0.0/8"))  # warned: NET371
eventhub.NamespaceNetworkRuleSet("events", **rules("events", "198.51.100.8"))
