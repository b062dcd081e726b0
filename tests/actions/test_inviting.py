"""Who of a result still needs a letter?"""

from datetime import datetime

from kkd_desktop.actions import appointments, casework
from kkd_desktop.actions.inviting import uninvited
from kkd_desktop.domain.appointment import Delivery


def test_each_person_is_counted_once(caseload):
    amina, boris, carla = (
        casework.find_client(caseload, f"123A40000{number}") for number in (1, 2, 3)
    )
    later = appointments.book(caseload, amina, datetime(2026, 11, 26, 9), 45)
    first = appointments.book(caseload, amina, datetime(2026, 11, 24, 9), 45)
    told = appointments.book(caseload, boris, datetime(2026, 11, 24, 11), 45)
    appointments.set_delivery(caseload, told.id, Delivery.HANDED_OVER)

    found = uninvited(caseload, [carla.id, boris.id, amina.id])

    assert found.to_write == (first.id, later.id)
    assert (found.people, found.told, found.without) == (1, 1, (carla.id,))
    assert uninvited(caseload, [boris.id]).to_write == ()
