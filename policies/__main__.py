"""Where the pack is built, and the only place: `PolicyPack` answers the engine until the process ends.

The engine starts a pack with the pack's own folder as working directory, so the project's folder is put on the path.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pulumi_policy import PolicyPack

from policies.frame.pack import read_pack
from policies.frame.unpacking import unpack_each_resource_once

unpack_each_resource_once()
pack = read_pack()
PolicyPack(
    name="azure-ml-platform",
    policies=pack.policies(),
    initial_config=pack.initial_configuration(),
    description="Rules for an Azure machine-learning platform on Azure ML, Databricks and AKS",
)
