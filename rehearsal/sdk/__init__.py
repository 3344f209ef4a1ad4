"""What the installed provider SDKs say a resource may look like, and whether a declaration agrees with it.

Owns the reading of the generated classes of `pulumi_azure_native` and `pulumi_databricks` (neither wheel holds a
schema) and two checks: of a resource's inputs, and of the property paths in `ignore_changes` and
`replace_on_changes`. It knows no service rule: lengths, patterns, ranges and combinations of properties are not in
the classes.
"""

from rehearsal.sdk.inputs import check_inputs
from rehearsal.sdk.paths import check_property_path
from rehearsal.sdk.problems import ProblemKind, SdkProblem, is_taken
from rehearsal.sdk.property_types import Property
from rehearsal.sdk.shape import ResourceShape, resource_shape

__all__ = [
    "ProblemKind",
    "Property",
    "ResourceShape",
    "SdkProblem",
    "check_inputs",
    "check_property_path",
    "is_taken",
    "resource_shape",
]
