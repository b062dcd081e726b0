"""What stood open when the window was locked?"""

from collections.abc import Mapping

from kkd_desktop.domain.values import Value, field

PLACE = "place"
"""The kind that is no dialog but the page that was shown."""


class LeftOpen(Value, frozen=True):
    """A dialog with what was typed into it, or the page that was shown.

    `content` is of the window's own making, and JSON. Goes with its client.
    """

    kind: str
    content: Mapping[str, object] = field(default_factory=dict)
    client_id: int | None = None
    id: int = 0
