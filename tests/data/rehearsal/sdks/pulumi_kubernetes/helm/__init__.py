"""A chart that is rendered by a call, whose resources are looked up by key, as those of pulumi-kubernetes 4 are."""

from collections.abc import Mapping

import pulumi


class Chart(pulumi.ComponentResource):
    def __init__(self, name: str, chart: str) -> None:
        super().__init__("kubernetes:helm.sh/v3:Chart", name)
        self.resources = pulumi.Output.from_input(chart).apply(_render)
        self.register_outputs({"resources": self.resources})

    def get_resource(self, kind: str, name: str, namespace: str) -> pulumi.Output[pulumi.CustomResource]:
        key = pulumi.Output.concat(kind, ":", namespace, "/", name)
        return key.apply(lambda text: self.resources[text])


async def _render(chart: str) -> Mapping[str, pulumi.CustomResource]:
    rendered = await pulumi.runtime.invoke_async("kubernetes:helm:template", {"jsonOpts": chart}, None)
    return {str(one): one for one in (rendered or {}).get("result", [])}
