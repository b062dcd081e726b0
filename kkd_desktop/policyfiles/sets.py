"""Which set of policies stands in this file?"""

from typing import Final

from kkd_desktop.domain.policy_set import Combine, PolicySet
from kkd_desktop.policyfiles.source import Document

SET: Final = "set"


def is_set(document: Document) -> bool:
    return document.get("kind") == SET


def set_of(document: Document) -> PolicySet:
    """The set of a document that is known to be in order."""
    return PolicySet(
        id=document["id"],
        title=document["title"],
        short_title=document["short_title"],
        office=document["office"],
        combine=Combine(document["combine"]),
        parts=tuple(tuple(part["policies"]) for part in document["part"]),
    )
