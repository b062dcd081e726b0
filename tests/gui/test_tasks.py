from threading import Event, get_ident

import pytest

from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks


def test_work_runs_elsewhere_and_its_result_arrives_here(qtbot):
    here, seen = get_ident(), {}

    def work(progress: tasks.Progress) -> int:
        seen["worker"] = get_ident()
        return 42

    task = tasks.run(work, lambda result: seen.update(result=result, receiver=get_ident()))
    with qtbot.waitSignal(task.ended):
        pass

    assert seen["result"] == 42
    assert seen["worker"] != here
    assert seen["receiver"] == here


def test_a_known_fault_arrives_as_its_sentence(qtbot):
    def work(progress: tasks.Progress) -> None:
        raise UserError("Der Datenträger ist voll.")

    faults: list[str] = []
    task = tasks.run(work, on_failure=lambda fault: faults.append(str(fault)))
    with qtbot.waitSignal(task.ended):
        pass

    assert faults == ["Der Datenträger ist voll."]


def test_a_bug_is_raised_in_the_gui_thread(qtbot):
    with qtbot.captureExceptions() as caught:
        task = tasks.run(lambda progress: 1 // 0)
        with qtbot.waitSignal(task.ended):
            pass

    assert caught[0][0] is ZeroDivisionError


def test_progress_is_reported_and_cancelled_work_delivers_nothing(qtbot):
    go, delivered = Event(), []

    def work(progress: tasks.Progress) -> str:
        progress.report(1, 10, "Liest …")
        go.wait(5)
        progress.report(2, 10)
        return "zu spät"

    task = tasks.run(work, delivered.append)
    with qtbot.waitSignal(task.progressed) as reported:
        pass
    task.cancel()
    with qtbot.waitSignal(task.ended):
        go.set()

    assert reported.args == [1, 10, "Liest …"]
    assert delivered == []


@pytest.mark.parametrize("rounds", [50])
def test_many_tasks_all_arrive(qtbot, rounds):
    arrived: list[int] = []
    for number in range(rounds):
        tasks.run(lambda progress, number=number: number, arrived.append)

    qtbot.waitUntil(lambda: len(arrived) == rounds)

    assert sorted(arrived) == list(range(rounds))
