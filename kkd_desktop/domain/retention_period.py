"""How long is a person kept after the last contact? Apart, because every start reads settings."""

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said

DEFAULT_MONTHS = 24
LEAST_MONTHS, MOST_MONTHS = 1, 120


def check_months(months: int) -> None:
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise UserError(
            said(
                "Aufbewahrung: bitte zwischen {least_months} und {most_months} "
                "Monaten nach dem letzten Kontakt."
            ).format(least_months=LEAST_MONTHS, most_months=MOST_MONTHS)
        )
