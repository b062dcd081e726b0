"""What does an office work by? Its policies in their order, and how they go together."""

from collections.abc import Iterable

from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.policy_set import Combine


class Rulebook(tuple[CompiledPolicy, ...]):
    """One or several policies. Laid over each other the strictest decides (R34); in order the first
    that has an answer for a client does.
    """

    combine: Combine

    def __new__(
        cls, policies: Iterable[CompiledPolicy], combine: Combine = Combine.STRICTEST
    ) -> "Rulebook":
        found = super().__new__(cls, policies)
        found.combine = combine
        return found
