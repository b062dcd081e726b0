"""How long is a person kept after the last contact? Apart, because every start reads settings."""

from kkd_desktop.domain.errors import UserError

DEFAULT_MONTHS = 24
LEAST_MONTHS, MOST_MONTHS = 1, 120


def check_months(months: int) -> None:
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise UserError(
            f"Aufbewahrung: bitte zwischen {LEAST_MONTHS} und {MOST_MONTHS} Monaten nach dem "
            "letzten Kontakt."
        )
