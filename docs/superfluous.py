"""What can be taken out of a committed stack without anybody noticing, and why it is there all the same."""

from __future__ import annotations

from collections.abc import Mapping

JUSTIFIED: Mapping[str, str] = {
    "lake: *": "Synapse's SQL reaches closed storage as a trusted service and by a rule for its workspaces; its page "
    "asks for both (learn.microsoft.com synapse-analytics security/connect-to-a-secure-storage-account), and none "
    "says which of the two decides",
    "ml-container-registry: trusted services": "Defender for Cloud scans the images of a closed registry as a trusted "
    "service, without an identity that a promise could name (learn.microsoft.com container-registry/"
    "allow-access-trusted-services); the workspace itself comes over its endpoints",
}
"""By what is taken out, as the page names it. Look for the promise first, before you add a line."""
