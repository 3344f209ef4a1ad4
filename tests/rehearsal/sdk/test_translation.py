"""What the SDK sends for a nested plain dict, and that the check finds what it lets through."""

from __future__ import annotations

import asyncio

import pulumi_azure_native.machinelearningservices as machinelearningservices
import pulumi_azure_native.storage as storage
import pulumi_databricks as databricks
from pulumi.runtime.rpc import serialize_properties

from rehearsal.model.wire import from_struct
from rehearsal.sdk import ProblemKind, SdkProblem, check_inputs


def sent(arguments: object) -> dict[str, object]:
    """The inputs as the SDK registers them, read from the protocol's struct."""
    return from_struct(asyncio.run(serialize_properties(vars(arguments), {}, typ=type(arguments))))


def test_a_typed_dict_is_translated_and_a_typing_error_is_not() -> None:
    arguments = storage.StorageAccountArgs(
        resource_group_name="rg",
        kind="StorageV2",
        sku=storage.SkuArgs(name="Standard_ZRS"),
        network_rule_set={"default_action": "Deny", "by_pass": "None"},  # pyright: ignore[reportArgumentType]
    )
    inputs = sent(arguments)
    assert inputs["networkRuleSet"] == {"defaultAction": "Deny", "by_pass": "None"}
    assert check_inputs("azure-native:storage:StorageAccount", inputs) == (
        SdkProblem(
            ProblemKind.UNKNOWN_PROPERTY,
            "networkRuleSet.by_pass",
            "NetworkRuleSet has no property 'by_pass'; did you mean 'bypass'?",
        ),
    )


def test_one_wrong_key_leaves_a_whole_union_member_untranslated() -> None:
    def inputs(**scale: int) -> dict[str, object]:
        properties = {
            "compute_type": "AmlCompute",
            "properties": {"vm_size": "Standard_DS3_v2", "scale_settings": scale},
        }
        return sent(
            machinelearningservices.ComputeArgs(
                resource_group_name="rg",
                workspace_name="mlw",
                properties=properties,  # pyright: ignore[reportArgumentType]
            )
        )

    compute = "azure-native:machinelearningservices:Compute"
    assert check_inputs(compute, inputs(max_node_count=4)) == ()

    (problem,) = check_inputs(compute, inputs(max_node_count=4, min_nodes=0))
    assert (problem.kind, problem.path) == (ProblemKind.MISSING_REQUIRED, "properties.computeType")
    assert problem.message.endswith(
        "The SDK left 'compute_type' untranslated, because this dict fits none or several of the kinds: correct "
        "its other keys, write all its keys in camelCase, or pass the SDK's class"
    )


def test_lists_of_dicts_are_translated_by_their_items_type() -> None:
    arguments = databricks.JobArgs(
        tasks=[{"task_key": "train", "new_cluster": {"spark_version": "15.4.x", "num_worker": 2}}]  # pyright: ignore
    )
    assert check_inputs("databricks:index/job:Job", sent(arguments)) == (
        SdkProblem(
            ProblemKind.UNKNOWN_PROPERTY,
            "tasks[0].newCluster.num_worker",
            "JobTaskNewCluster has no property 'num_worker'; did you mean 'numWorkers'?",
        ),
    )
