"""Do the policies of a set exist, and do the versions of one concept follow each other?"""

from collections.abc import Callable, Iterator
from itertools import combinations

from kkd_desktop.domain import texts
from kkd_desktop.domain.language import said
from kkd_desktop.domain.policy import Policy, Validity
from kkd_desktop.domain.policy_set import PolicySet, gaps, overlap
from kkd_desktop.policyfiles.checks.sound import Found, Sound
from kkd_desktop.policyfiles.faults import dotted

LookUp = Callable[[str], Policy | str]
"""The policy of an id, or a sentence why there is none to use."""


def parts(sound: Sound, look_up: LookUp) -> Found:
    seen: dict[str, str] = {}
    for index, part in sound.tables("part"):
        known: list[tuple[int, str, Validity]] = []
        for place, policy_id in enumerate(part["policies"]):
            path = ("part", index, "policies", place)
            if policy_id in seen:
                yield (
                    path,
                    said("„{policy}“ steht schon in {place}.").format(
                        policy=policy_id, place=seen[policy_id]
                    ),
                )
                continue
            seen[policy_id] = dotted(("part", index))
            found = look_up(policy_id)
            if isinstance(found, str):
                yield path, found
            else:
                known.append((place, policy_id, found.validity))
        for (_, one, held), (place, other, holds) in combinations(known, 2):
            if overlap(held, holds):
                yield (
                    ("part", index, "policies", place),
                    said(
                        "„{one}“ und „{other}“ gelten zum Teil gleichzeitig; Fassungen eines "
                        "Konzepts folgen aufeinander."
                    ).format(one=one, other=other),
                )


def notices(found: PolicySet, look_up: LookUp) -> Iterator[str]:
    """What is no fault and may still surprise: days on which no version is in force."""
    for part in found.parts:
        policies = [policy for each in part if isinstance(policy := look_up(each), Policy)]
        for first, last in gaps([policy.validity for policy in policies]):
            names = ", ".join(part)
            yield said("Vom {first} bis {last} ist keines in Kraft: {names}.").format(
                first=texts.day(first), last=texts.day(last), names=names
            )
