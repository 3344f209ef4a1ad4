"""The simulated cloud: gives a resource the id and the outputs that Azure or Databricks would give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from azure_facts.arm_id_parsing import arm_type_of
from azure_facts.arm_paths import arm_path
from azure_facts.default_locations import takes_default_location
from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP, OutputSet, ResourceType
from rehearsal.cloud.change import ResourceRecord
from rehearsal.cloud.databricks_values import databricks_values, workspace_values
from rehearsal.cloud.identities import identity_outputs
from rehearsal.cloud.invokes import (
    caller_answer,
    find_databricks_object,
    lists_secrets,
    looked_up_type,
    secret_text,
    shown,
)
from rehearsal.cloud.registry_accounts import ML_REGISTRY, region_details
from rehearsal.cloud.service_values import guid, hexadecimal
from rehearsal.cloud.stand_in_texts import text_for
from rehearsal.cloud.stand_ins import complete_result
from rehearsal.cloud.state import CloudState
from rehearsal.cloud.templates import fill, placeholders
from rehearsal.model.paths import split_path, walk
from rehearsal.model.request import Answer, Request
from rehearsal.model.unknown_texts import MARK
from rehearsal.model.urns import package_of
from rehearsal.model.values import UNKNOWN, Secret, plain
from rehearsal.sdk.shape import resource_shape

NO_SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"


@dataclass
class SimulatedCloud:
    """Answers from what a request says and what `state` knows; changes nothing in it and refuses nothing.

    `subscription_id`, `tenant_id` and `location` are those of the default provider (configuration
    `azure-native:subscriptionId`); an explicit provider's own win. `generic_types` counts resources of types
    that the catalogue lacks: their ids are of a form that nobody checked and they answer with their inputs only;
    `generic_functions` counts calls of provider functions that it cannot answer.
    """

    state: CloudState
    subscription_id: str = NO_SUBSCRIPTION
    tenant_id: str = NO_SUBSCRIPTION
    location: str = ""
    generic_types: dict[str, int] = field(default_factory=dict)
    generic_functions: dict[str, int] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        """Answers for a new resource; providers have an id and nothing else."""
        if request.type.startswith("pulumi:"):
            return Answer(guid(request.urn, "provider"))
        known = CATALOGUE.get(request.type)
        if known is None:
            self.generic_types[request.type] = self.generic_types.get(request.type, 0) + 1
        return self._answer(request, known)

    def look_up(self, request: Request, resource_id: str) -> Answer:
        """An existing resource that the program looks up by id: its name, and what the catalogue can
        compute."""
        known = CATALOGUE.get(request.type)
        name = resource_id.rstrip("/").rpartition("/")[2]
        if known is None:
            return Answer(resource_id, {"name": name})
        # A location that nobody stated is that of the default provider, as for everything else.
        if location := self.default_location(request):
            request = replace(request, inputs={"location": location, **request.inputs})
        names = _names_from_id(known.path, resource_id)
        filled = Request(
            request.urn, request.type, request.name, {**names, **request.inputs}, request.provider_inputs
        )
        answer = self._answer(filled, known)
        placed = {"location": request.inputs["location"]} if "location" in request.inputs else {}
        return Answer(resource_id, {**placed, **names, **answer.outputs})

    def default_location(self, request: Request) -> str:
        """Where the provider puts a resource that says no place: its own default goes before the resource group's
        (pulumi-azure-native provider.go `getDefaultLocation`). Empty for none."""
        if package_of(request.type) != "azure-native" or plain(request.inputs.get("location")):
            return ""
        stated = plain(request.provider_inputs.get("location")) or self.location
        return str(stated) if stated and _takes_default_location(request.type) else ""

    def invoke(
        self,
        token: str,
        arguments: Mapping[str, object],
        provider_inputs: Mapping[str, object] | None = None,
    ) -> Mapping[str, object]:
        """Answers a provider function from existing resources; others are assumed to exist, with
        what the catalogue can compute. What else the function promises is stood in for; one that is not known gives its
        own arguments back besides, and is counted."""
        answer = caller_answer(token, arguments, self.subscription_id, self.tenant_id)
        if answer is None:
            answer = self._looked_up(looked_up_type(token), arguments, provider_inputs or {})
        if answer is None:
            if not lists_secrets(token):
                self.generic_functions[token] = self.generic_functions.get(token, 0) + 1
            answer = {**arguments, **self._id_of(looked_up_type(token), arguments, provider_inputs or {})}
        owner = f"{token}|{sorted(arguments.items(), key=str)}"
        return complete_result(token, owner, answer, secret_text(token) if lists_secrets(token) else text_for)

    def _looked_up(
        self, token: str, arguments: Mapping[str, object], provider_inputs: Mapping[str, object]
    ) -> Mapping[str, object] | None:
        known = CATALOGUE.get(token)
        if known is None:
            return None
        if package_of(token) == "databricks":
            objects = [_whole(record) for record in self.state.known_of_type(token)]
            found = find_databricks_object(arguments, objects)
            return None if found is None else shown({**arguments, **found})
        request = Request(token, token, token.rpartition(":")[2], arguments, provider_inputs)
        location = self.default_location(request)
        answer = self._answer(request, known)
        record = self.state.find(answer.id)
        if record is not None and record.type == token:
            return shown(_whole(record))
        placed = {"location": location} if location else {}
        return shown({**placed, **arguments, **answer.outputs, "id": answer.id})

    def _id_of(
        self, token: str, arguments: Mapping[str, object], provider_inputs: Mapping[str, object]
    ) -> Mapping[str, object]:
        """The id of what a function looks up by all of its names, where the form of the type's ids is known."""
        path = arm_path(token)
        if path is None:
            return {}
        if not all(arguments.get(name) for name in placeholders(path) if name != "subscriptionId"):
            return {}
        values = self._values(
            Request(token, token, "", arguments, provider_inputs), ResourceType(token, path)
        )
        return {"id": fill(path, values, token)}

    def _answer(self, request: Request, known: ResourceType | None) -> Answer:
        if known is None:
            known = _generic(request)
        values = self._values(request, known)
        resource_id = str(fill(known.path, values, request.urn))
        outputs = _Outputs(request.inputs)
        if package_of(request.type) == "azure-native":
            values |= {"name": values[placeholders(known.path)[-1]], **workspace_values(resource_id)}
            outputs.put(
                "identity",
                identity_outputs(request.inputs.get("identity"), resource_id, str(values["tenantId"])),
            )
        if request.type == ML_REGISTRY:
            outputs.put("regionDetails", region_details(request.inputs, resource_id))
        values["id"] = resource_id
        for group in known.outputs:
            if _applies(group, request.inputs):
                for path, template in group.values.items():
                    value = fill(template, values, resource_id)
                    outputs.add(path, Secret(value) if path in known.secret_outputs else value)
        if package_of(request.type) == "azure-native":
            outputs.add("name", values["name"])
            outputs.add("type", arm_type_of(resource_id))
            if _takes_default_location(request.type):
                outputs.add("location", values["location"])
        return Answer(resource_id, outputs.changed())

    def _values(self, request: Request, known: ResourceType) -> dict[str, object]:
        """What the templates may use besides made-up values."""
        values: dict[str, object] = {
            key: plain(value) for key, value in request.inputs.items() if value is not UNKNOWN
        }
        provider = {key: plain(value) for key, value in request.provider_inputs.items()}
        for name, default in known.default_names.items():
            values.setdefault(name, default)
        if package_of(request.type) == "databricks":
            return values | databricks_values(request, values, provider)
        values.setdefault("subscriptionId", provider.get("subscriptionId") or self.subscription_id)
        values.setdefault("tenantId", provider.get("tenantId") or self.tenant_id)
        own = placeholders(known.path)[-1]
        if not values.get(own):
            random = guid(request.urn) if known.guid_name else f"{request.name}{hexadecimal(request.urn, 8)}"
            values[own] = random
        if not values.get("location"):
            stated = provider.get("location") or self.location
            values["location"] = stated or self._group_location(values)
        return values

    def _group_location(self, values: Mapping[str, object]) -> str:
        """pulumi-azure-native gives a resource without a location that of its resource group."""
        group = self.state.find(
            f"/subscriptions/{values['subscriptionId']}/resourceGroups/{values.get('resourceGroupName', '')}"
        )
        return str(group.inputs.get("location", "")) if group is not None else ""


def _takes_default_location(token: str) -> bool:
    shape = resource_shape(token)
    return shape is not None and "location" in shape.inputs and takes_default_location(token)


def _whole(record: ResourceRecord) -> dict[str, object]:
    return {**record.inputs, **record.outputs, "id": record.id}


def _generic(request: Request) -> ResourceType:
    """A type outside the catalogue. Where the form of its ids is not known either, it is guessed: built from the inputs
    that end in `Name`, or the name."""
    if package_of(request.type) != "azure-native":
        return ResourceType(request.type, f"{MARK}{{hex:8}}")
    if path := arm_path(request.type):
        return ResourceType(request.type, path)
    _, module, name = request.type.split(":")
    plural = name[0].lower() + name[1:] + "s"
    provider = module.partition("/")[0]
    names = [key for key in sorted(request.inputs) if key.endswith("Name") and key != "resourceGroupName"]
    last = f"{{{names[0]}}}" if names else request.name
    if "resourceGroupName" in request.inputs:
        return ResourceType(
            request.type, f"{IN_RESOURCE_GROUP}Microsoft.{provider.capitalize()}/{plural}/{last}"
        )
    return ResourceType(
        request.type,
        f"/subscriptions/{{subscriptionId}}/providers/Microsoft.{provider.capitalize()}/{plural}/{last}",
    )


def _names_from_id(path: str, resource_id: str) -> dict[str, object]:
    """The name inputs that an existing resource must have had, read back from its id."""
    found: dict[str, object] = {}
    for pattern, text in zip(reversed(path.split("/")), reversed(resource_id.split("/")), strict=False):
        if pattern.startswith("{") and pattern.endswith("}") and pattern != "{subscriptionId}":
            found[pattern[1:-1]] = text
    return found


def _applies(group: OutputSet, inputs: Mapping[str, object]) -> bool:
    if group.when and not plain(walk(inputs, group.when)):
        return False
    return not (group.unless and plain(walk(inputs, group.unless)))


class _Outputs:
    """The inputs with what the service adds; remembers which top-level properties differ from the inputs."""

    def __init__(self, inputs: Mapping[str, object]) -> None:
        self._values = dict(inputs)
        self._touched: set[str] = set()

    def put(self, name: str, value: object) -> None:
        """Replaces a whole top-level property, unless there is nothing to put."""
        if value is not None:
            self._values[name] = value
            self._touched.add(name)

    def add(self, path: str, value: object) -> None:
        """Fills in a property that the program left out; an empty text is nothing."""
        if value == "":
            return
        steps = [str(step) for step in split_path(path)]
        _set_default(self._values, steps, value)
        self._touched.add(steps[0])

    def changed(self) -> dict[str, object]:
        """The properties that the service answers with beyond the echo of the inputs."""
        return {name: self._values[name] for name in sorted(self._touched)}


def _set_default(target: dict[str, object], steps: list[str], value: object) -> None:
    """Puts the value at the path unless the program gave one; copies maps on the way, inputs stay as they
    are."""
    key, *rest = steps
    if not rest:
        if target.get(key) is None:
            target[key] = value
        return
    below = target.get(key)
    if isinstance(below, list):
        target[key] = _with_item(below, int(rest[0]), rest[1:], value)
        return
    if isinstance(below, Secret):
        inner = dict(below.value) if isinstance(below.value, dict) else {}
        _set_default(inner, rest, value)
        target[key] = Secret(inner)
        return
    copy = dict(below) if isinstance(below, dict) else {}
    _set_default(copy, rest, value)
    target[key] = copy


def _with_item(items: list[object], index: int, steps: list[str], value: object) -> list[object]:
    """The list with a property put into one of its maps; as it is where the program gave no such item."""
    if index >= len(items) or not isinstance(item := items[index], dict):
        return items
    inner = dict(item)
    _set_default(inner, steps, value)
    return [*items[:index], inner, *items[index + 1 :]]
