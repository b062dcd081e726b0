"""Does what is replaced go at last, and not all of it at once?"""

import weakref

from PySide6.QtCore import QCoreApplication, QObject

from kkd_desktop.gui.letting_go import LettingGo


class Answer:
    pass


def test_what_is_outdated_goes_in_several_turns(qapp):
    parent = QObject()
    letting_go = LettingGo(parent)
    answers = [Answer() for _ in range(1_000)]
    left = weakref.WeakSet(answers)

    letting_go.take(answers)
    answers.clear()

    assert len(left) == 1_000
    counted = []
    while left and len(counted) < 1_000:
        QCoreApplication.processEvents()
        counted.append(len(left))
    assert counted[0] > 500
    assert counted[-1] == 0
