"""A program's transforms, run as the engine runs them: the resource's own, then those of its parents from the inside
out, then the stack's (pulumi 3.260 pkg/resource/deploy/source_eval.go `RegisterResource`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from google.protobuf.message import Message
from pulumi.runtime.proto import resource_pb2

from rehearsal.model.paths import strings
from rehearsal.model.wire import from_struct
from rehearsal.monitor.options import says

Callback = Callable[[bytes], Awaitable[Message]]
Registration = resource_pb2.RegisterResourceRequest


def _known(names: Mapping[str, str]) -> Mapping[str, str]:
    """Those that the installed SDK's protocol has."""
    options = resource_pb2.TransformResourceOptions.DESCRIPTOR.fields_by_name
    registration = Registration.DESCRIPTOR.fields_by_name
    return {name: sent for name, sent in names.items() if name in options and sent in registration}


_LISTS = _known(
    {
        "ignore_changes": "ignoreChanges",
        "replace_on_changes": "replaceOnChanges",
        "additional_secret_outputs": "additionalSecretOutputs",
        "replace_with": "replace_with",
        "depends_on": "dependencies",
        "aliases": "aliases",
    }
)
_VALUES = _known(
    {
        "provider": "provider",
        "version": "version",
        "plugin_download_url": "pluginDownloadURL",
        "deleted_with": "deletedWith",
        "import": "importId",
    }
)
_SWITCHES = _known({"protect": "protect", "retain_on_delete": "retainOnDelete"})
_MESSAGES = _known({"custom_timeouts": "customTimeouts", "hooks": "hooks"})
"""Options of a transform and of a registration, by their names in the protocol."""


class Transforms:
    """What a program registered. `callbacks` are the SDK's own, by token."""

    def __init__(self, callbacks: Callable[[], Mapping[str, Callback]]) -> None:
        self._callbacks = callbacks
        self._of_stack: list[str] = []
        self._of_invokes: list[str] = []
        self._of_resource: dict[str, tuple[tuple[str, ...], str]] = {}

    def add_to_stack(self, token: str) -> None:
        """A transform of every resource from now on."""
        self._of_stack.append(token)

    def add_to_invokes(self, token: str) -> None:
        """A transform of every call of a provider function from now on."""
        self._of_invokes.append(token)

    def keep(self, urn: str, request: Registration) -> None:
        """Remembers a resource's own transforms: they are its children's too."""
        own = tuple(callback.token for callback in getattr(request, "transforms", ()))
        self._of_resource[urn] = (own, request.parent)

    def of_resource(self, request: Registration) -> tuple[str, ...]:
        """The tokens for a registration, in the order in which they run."""
        tokens = [callback.token for callback in getattr(request, "transforms", ())]
        parent = request.parent
        while parent in self._of_resource:
            own, parent = self._of_resource[parent]
            tokens += own
        return (*tokens, *self._of_stack)

    @property
    def of_invokes(self) -> tuple[str, ...]:
        """The tokens for a call of a provider function."""
        return tuple(self._of_invokes)

    async def resource(self, request: Registration, tokens: tuple[str, ...]) -> Registration:
        """The registration as the transforms leave it. What a transform raises is the program's error."""
        changed = Registration()
        changed.CopyFrom(request)
        for token in tokens:
            asked = resource_pb2.TransformRequest(
                type=changed.type,
                name=changed.name,
                custom=changed.custom,
                parent=changed.parent,
                properties=changed.object,
                options=_options(changed),
            )
            answer = await self._callbacks()[token](asked.SerializeToString())
            if isinstance(answer, resource_pb2.TransformResponse):
                changed.object.CopyFrom(answer.properties)
                if answer.HasField("options"):
                    _take(changed, answer.options)
        return changed

    async def invoke(
        self, request: resource_pb2.ResourceInvokeRequest, tokens: tuple[str, ...]
    ) -> resource_pb2.ResourceInvokeRequest:
        """The call as the transforms leave it."""
        changed = resource_pb2.ResourceInvokeRequest()
        changed.CopyFrom(request)
        for token in tokens:
            asked = resource_pb2.TransformInvokeRequest(
                token=changed.tok,
                args=changed.args,
                options=resource_pb2.TransformInvokeOptions(
                    provider=changed.provider, version=changed.version
                ),
            )
            answer = await self._callbacks()[token](asked.SerializeToString())
            if isinstance(answer, resource_pb2.TransformInvokeResponse):
                changed.args.CopyFrom(answer.args)
                changed.provider = answer.options.provider or changed.provider
        return changed


def new_dependencies(
    before: Registration, after: Registration, urns_by_id: Mapping[str, str]
) -> tuple[str, ...]:
    """The resources whose ids a transform put into the inputs: the engine learns of them from the Outputs."""
    old = {text for _, text, _ in strings(from_struct(before.object))}
    new = {text for _, text, _ in strings(from_struct(after.object))} - old
    return tuple(sorted(urns_by_id[text.lower()] for text in new if text.lower() in urns_by_id))


def _options(request: Registration) -> resource_pb2.TransformResourceOptions:
    options = resource_pb2.TransformResourceOptions(providers=dict(request.providers))
    for name, sent in _LISTS.items():
        getattr(options, name).extend(getattr(request, sent))
    for name, sent in _VALUES.items():
        setattr(options, name, getattr(request, sent))
    for name, sent in _SWITCHES.items():
        if says(request, sent):
            setattr(options, name, getattr(request, sent))
    if request.deleteBeforeReplaceDefined:
        options.delete_before_replace = request.deleteBeforeReplace
    for name, sent in _MESSAGES.items():
        if says(request, sent):
            getattr(options, name).CopyFrom(getattr(request, sent))
    return options


def _take(request: Registration, options: resource_pb2.TransformResourceOptions) -> None:
    """What the transform returned, whole: an option that it left out is gone."""
    for name, sent in _LISTS.items():
        if name == "depends_on":
            continue  # what is there already also comes from the inputs
        del getattr(request, sent)[:]
        getattr(request, sent).extend(getattr(options, name))
    request.dependencies.extend(urn for urn in options.depends_on if urn not in request.dependencies)
    for name, sent in _VALUES.items():
        setattr(request, sent, getattr(options, name))
    for name, sent in _SWITCHES.items():
        _clear(request, sent)
        if says(options, name):
            setattr(request, sent, getattr(options, name))
    request.deleteBeforeReplaceDefined = says(options, "delete_before_replace")
    request.deleteBeforeReplace = options.delete_before_replace
    for name, sent in _MESSAGES.items():
        _clear(request, sent)
        if says(options, name):
            getattr(request, sent).CopyFrom(getattr(options, name))


def _clear(message: Message, field: str) -> None:
    message.ClearField(field)
