# ends: unsupported dynamic provider
"""A dynamic provider is the program's own code over a real service."""

from pulumi.dynamic import CreateResult, Resource, ResourceProvider


class Maker(ResourceProvider):
    def create(self, props: dict[str, object]) -> CreateResult:
        return CreateResult("1", {})


class Thing(Resource):
    def __init__(self, name: str) -> None:
        super().__init__(Maker(), name, {})


Thing("thing")
