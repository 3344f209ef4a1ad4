"""Calls from outside: does anybody answer?"""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import applicationinsights, monitor

from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.monitoring.targets import PublicAddress

PLACES = ("emea-nl-ams-azr", "emea-gb-db3-azr", "emea-fr-pra-edge", "us-va-ash-azr", "apac-sg-sin-azr")
"""Five, as Microsoft advises, so that one place's trouble is no alarm (learn.microsoft.com azure-monitor
availability-standard-tests)."""
FAILED_PLACES = 2


class AvailabilityTests(Component):
    """Owns one standard test for each public address, and its alert. Does not own the address."""

    def __init__(
        self,
        addresses: Mapping[str, PublicAddress],
        application_insights: Reference,
        action_group: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("monitoring:AvailabilityTests", "availability-tests", context, opts)
        self.application_insights = application_insights
        for key, address in addresses.items():
            self._alert(key, self._test(key, address), action_group)
        self.register_outputs({"tests": sorted(addresses)})

    def _test(self, key: str, address: PublicAddress) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.WEB_TEST, key)
        insights = self.application_insights
        test = applicationinsights.WebTest(
            f"availability-test-{key}",
            web_test_name=name,
            synthetic_monitor_id=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            kind=applicationinsights.WebTestKind.STANDARD,
            web_test_kind=applicationinsights.WebTestKind.STANDARD,
            enabled=True,
            frequency=300,
            timeout=30,
            retry_enabled=True,
            locations=[applicationinsights.WebTestGeolocationArgs(location=place) for place in PLACES],
            request=applicationinsights.WebTestPropertiesRequestArgs(
                request_url=address.url,
                http_verb="GET",
                parse_dependent_requests=False,
                # What is expected may be that the caller is sent elsewhere.
                follow_redirects=not 300 <= address.expected_status < 400,
            ),
            validation_rules=applicationinsights.WebTestPropertiesValidationRulesArgs(
                expected_http_status_code=address.expected_status
            ),
            # The tag is how Application Insights finds its tests.
            tags=insights.known_id.apply(
                lambda insights_id: {**self.tags, f"hidden-link:{insights_id}": "Resource"}
            ),
            opts=self.child(),
        )
        test_id = context.arm.resource_id("Microsoft.Insights", "webTests", name)
        self.verify(test_id, test)
        return Reference(test_id, name, (test,))

    def _alert(self, key: str, test: Reference, action_group: Reference) -> None:
        monitor.MetricAlert(
            f"alert-{key}-availability",
            rule_name=self.context.naming.name(ResourceKind.METRIC_ALERT, f"{key}-availability"),
            resource_group_name=self.context.resource_group.known_name,
            location="global",
            description=f"{key} does not answer",
            enabled=True,
            severity=1,
            auto_mitigate=True,
            scopes=[test.known_id, self.application_insights.known_id],
            evaluation_frequency="PT1M",
            window_size="PT5M",
            criteria=monitor.WebtestLocationAvailabilityCriteriaArgs(
                odata_type="Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria",
                component_id=self.application_insights.known_id,
                web_test_id=test.known_id,
                failed_location_count=FAILED_PLACES,
            ),
            actions=[monitor.MetricAlertActionArgs(action_group_id=action_group.known_id)],
            tags=self.tags,
            opts=self.child(),
        )
