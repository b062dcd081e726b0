"""Who of these people still needs a letter to a talk that is agreed, and who has no talk yet?"""

from collections.abc import Collection

from kkd_desktop.actions.context import Context
from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.letter_record import current_letter
from kkd_desktop.domain.values import Value
from kkd_desktop.store import appointments, letters


class Uninvited(Value, frozen=True):
    """`to_write` are appointments without a letter, the earliest first; `without` are people who
    have no appointment ahead, `told` is how many have one and know of it.
    """

    to_write: tuple[int, ...]
    people: int
    without: tuple[int, ...]
    told: int


def uninvited(context: Context, client_ids: Collection[int]) -> Uninvited:
    """Each of these people is counted once: a letter to write, none needed, or nothing agreed."""
    wanted = frozenset(client_ids)
    ahead = [
        each
        for each in appointments.open_from(context.store, context.today)
        if each.client_id in wanted and each.id is not None
    ]
    written = letters.of_appointments(context.store, [each.id or 0 for each in ahead])
    to_write = sorted(
        (
            each
            for each in ahead
            if each.delivery is Delivery.NONE
            and current_letter(each, written.get(each.id or 0, ())) is None
        ),
        key=lambda each: each.start,
    )
    people = {each.client_id for each in to_write}
    agreed = {each.client_id for each in ahead}
    return Uninvited(
        tuple(each.id or 0 for each in to_write),
        len(people),
        tuple(each for each in dict.fromkeys(client_ids) if each not in agreed),
        len(agreed - people),
    )
