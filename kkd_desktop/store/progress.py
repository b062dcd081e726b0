"""How much has been done in this file so far?"""

from kkd_desktop.domain.tour import Marks
from kkd_desktop.store.database import Store


def marks(store: Store) -> Marks:
    """The number of people, and the newest of everything else."""
    row = store.read(
        """
        SELECT (SELECT count(*) FROM client),
               (SELECT coalesce(max(id), 0) FROM contact),
               (SELECT coalesce(max(id), 0) FROM appointment),
               (SELECT coalesce(max(id), 0) FROM letter),
               (SELECT coalesce(max(id), 0) FROM export_log)
        """
    )[0]
    return Marks(*row)
