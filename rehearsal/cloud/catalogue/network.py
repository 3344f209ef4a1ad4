"""Networks, private endpoints and private DNS."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import OutputSet, entry

_NETWORK = RG + "Microsoft.Network/virtualNetworks/{virtualNetworkName}"
_ZONE = RG + "Microsoft.Network/privateDnsZones/{privateZoneName}"
_ENDPOINT = RG + "Microsoft.Network/privateEndpoints/{privateEndpointName}"

NETWORK = (
    entry("azure-native:network:VirtualNetwork", _NETWORK, {"resourceGuid": "{guid:resource}"}),
    # The name that ARM addresses is `subnetName`; `name` in the body is the provider's echo of it.
    entry("azure-native:network:Subnet", _NETWORK + "/subnets/{subnetName}"),
    entry(
        "azure-native:network:NetworkSecurityGroup",
        RG + "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}",
        {"resourceGuid": "{guid:resource}"},
    ),
    entry(
        "azure-native:network:NatGateway",
        RG + "Microsoft.Network/natGateways/{natGatewayName}",
        {"resourceGuid": "{guid:resource}"},
    ),
    entry(
        "azure-native:network:PublicIPAddress",
        RG + "Microsoft.Network/publicIPAddresses/{publicIpAddressName}",
        {"resourceGuid": "{guid:resource}"},
        # A dynamic address is only given when something uses it. 192.0.2.0/24 is for documentation (RFC
        # 5737).
        OutputSet({"ipAddress": "192.0.2.20"}, when="publicIPAllocationMethod"),
        OutputSet(
            {"dnsSettings.fqdn": "{dnsSettings[domainNameLabel]}.{location}.cloudapp.azure.com"},
            when="dnsSettings.domainNameLabel",
        ),
    ),
    entry(
        "azure-native:network:VirtualNetworkPeering",
        RG
        + "Microsoft.Network/virtualNetworks/{virtualNetworkName}/virtualNetworkPeerings/{virtualNetworkPeeringName}",
        {"peeringState": "Initiated"},
    ),
    entry("azure-native:network:PrivateEndpoint", _ENDPOINT),
    entry(
        "azure-native:network:PrivateDnsZoneGroup",
        _ENDPOINT + "/privateDnsZoneGroups/{privateDnsZoneGroupName}",
    ),
    entry("azure-native:privatedns:PrivateZone", _ZONE),
    entry(
        "azure-native:privatedns:VirtualNetworkLink", _ZONE + "/virtualNetworkLinks/{virtualNetworkLinkName}"
    ),
    entry(
        "azure-native:privatedns:PrivateRecordSet",
        _ZONE + "/{recordType}/{relativeRecordSetName}",
        {"fqdn": "{name}.{privateZoneName}."},
    ),
    entry(
        "azure-native:network:SecurityRule",
        RG
        + "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}/securityRules/{securityRuleName}",
    ),
    entry(
        "azure-native:network:AzureFirewall",
        RG + "Microsoft.Network/azureFirewalls/{azureFirewallName}",
        None,
        # The address in its subnet, to which routes point: Azure chooses it.
        OutputSet({"ipConfigurations[0].privateIPAddress": "10.20.30.4"}, when="ipConfigurations"),
    ),
    entry(
        "azure-native:network:FirewallPolicy",
        RG + "Microsoft.Network/firewallPolicies/{firewallPolicyName}",
    ),
    entry(
        "azure-native:network:FirewallPolicyRuleCollectionGroup",
        RG
        + "Microsoft.Network/firewallPolicies/{firewallPolicyName}/ruleCollectionGroups/{ruleCollectionGroupName}",
    ),
    entry(
        "azure-native:network:Route",
        RG + "Microsoft.Network/routeTables/{routeTableName}/routes/{routeName}",
    ),
    entry("azure-native:network:RouteTable", RG + "Microsoft.Network/routeTables/{routeTableName}"),
    entry(
        "azure-native:network:PublicIPPrefix", RG + "Microsoft.Network/publicIPPrefixes/{publicIpPrefixName}"
    ),
    entry(
        "azure-native:network:FlowLog",
        RG + "Microsoft.Network/networkWatchers/{networkWatcherName}/flowLogs/{flowLogName}",
    ),
)
