"""Which rules on the receipt of letters are on file?"""

from pathlib import Path

from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.delivery import DeliveryFiction
from kkd_desktop.policyfiles.source import read_document


def read_fictions(path: Path) -> tuple[DeliveryFiction, ...]:
    """The dated rules of a shipped file such as `resources/recht/bekanntgabe.toml`."""
    document, _ = read_document(path)
    return tuple(
        DeliveryFiction(
            days=table["days"],
            place=table["cite"],
            quote=table["quote"],
            source=table["source"],
            since=table.get("from"),
            until=table.get("until"),
            way=Delivery(table.get("way", Delivery.POST)),
        )
        for table in document["fiction"]
    )
