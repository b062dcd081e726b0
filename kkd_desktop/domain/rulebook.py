"""What does an office work by? Its policies in their order, and how they go together."""

from collections.abc import Iterable, Sequence
from typing import overload

from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.policy_set import Combine


class Rulebook(Sequence[CompiledPolicy]):
    """One or several policies. Laid over each other the strictest decides (R34); in order the first
    that has an answer for a client does.
    """

    __slots__ = ("_policies", "combine")

    def __init__(
        self, policies: Iterable[CompiledPolicy], combine: Combine = Combine.STRICTEST
    ) -> None:
        self._policies = tuple(policies)
        self.combine = combine

    def __len__(self) -> int:
        return len(self._policies)

    @overload
    def __getitem__(self, index: int) -> CompiledPolicy: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[CompiledPolicy]: ...
    def __getitem__(self, index: int | slice) -> CompiledPolicy | Sequence[CompiledPolicy]:
        return self._policies[index]
