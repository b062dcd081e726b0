"""Which facts are about somebody's health? Of these only a yes or a no is stored, with its days
(§ 67 b SGB X, Art. 9 DSGVO): no more is needed to know whether a contact counts.
"""

import re
from datetime import date
from functools import lru_cache

from kkd_desktop.domain import texts
from kkd_desktop.domain.absence import ABSENT, require_reason
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.language import said

_HEALTH = re.compile(
    "gesundheit|krank(?!enkasse|enversicher)|diagnos|behinder|schwanger|therapie|medikament|psych"
    "|attest|arbeitsunf(ae|ä)hig"
)


@lru_cache(maxsize=256)
def is_about_health(name: str) -> bool:
    """By the name, because an office may add facts of its own."""
    return _HEALTH.search(name.casefold()) is not None


def require_yes_or_no(name: str, value: FactValue) -> None:
    """Refuse anything but a yes, a no or a day for a yes/no fact and for one about health, and a
    reason of one's own for an absence. What was typed is not repeated: it may be just what is not
    to be written down.
    """
    if name == ABSENT:
        require_reason(value)
        return
    if value is None or isinstance(value, bool):
        return
    if is_about_health(name) and not isinstance(value, date):
        raise UserError(
            said(
                "{get}: Angaben zur Gesundheit werden nur als ja oder nein "
                "gespeichert, mit ihren Tagen."
            ).format(get=texts.FLAGS.get(name, name))
        )
    if name in texts.FLAGS:
        raise UserError(
            said("{flags}: Hier steht nur ja oder nein.").format(flags=texts.FLAGS[name])
        )
