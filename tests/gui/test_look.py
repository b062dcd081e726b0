"""Colours and size: what the user chose for this computer, now and at the next start."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QProxyStyle, QStyle

from kkd_desktop.gui import look, motion, theme
from kkd_desktop.gui.look import Look
from kkd_desktop.gui.motion import Motion
from kkd_desktop.gui.pages.einstellungen import EinstellungenPage
from kkd_desktop.gui.widgets.work_bar import WorkBar

LEFT = Qt.MouseButton.LeftButton
UNFOLDING = Qt.UIEffect.UI_AnimateCombo
SCALED = """
from kkd_desktop.gui.startup import application
app = application()
import os
print(app.primaryScreen().devicePixelRatio(), os.environ.get("QT_SCALE_FACTOR"))
"""


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)


@pytest.fixture(autouse=True)
def moving(qapp):
    """Whatever a test chooses, the next one begins as the system does."""
    yield
    motion.take_motion(Motion.SYSTEM)


@pytest.fixture
def section(session, settings, present):
    page = EinstellungenPage(session, settings=settings)
    page.resize(1100, 800)
    present(page)
    page.show_section(page.appearance)
    return page.appearance


def test_the_look_changes_at_once_and_is_kept_for_this_computer(section, settings, qtbot):
    qtbot.mouseClick(section.look.button(Look.CONTRAST), LEFT)

    assert theme.current() in (theme.STRONG_LIGHT, theme.STRONG_DARK)
    assert look.chosen_look(settings) is Look.CONTRAST


def test_the_look_is_chosen_by_keys_alone(section, settings, qtbot):
    section.look.button(Look.SYSTEM).setFocus()

    qtbot.keyClick(section.look.button(Look.SYSTEM), Qt.Key.Key_Right)
    qtbot.keyClick(section.look.button(Look.LIGHT), Qt.Key.Key_Right)

    assert theme.current() == theme.DARK
    assert look.chosen_look(settings) is Look.DARK


def test_another_size_is_kept_and_said_to_hold_from_the_next_start(section, settings, qtbot):
    qtbot.mouseClick(section.zoom.button("130"), LEFT)

    assert look.chosen_size(settings) == 130
    assert "nächsten Start" in section.zoom_field.message.text()


def test_what_nobody_offered_counts_as_nothing_chosen(settings):
    settings.setValue("look/scheme", "rosa")
    settings.setValue("look/size", "5000")

    assert look.chosen_look(settings) is Look.SYSTEM
    assert look.chosen_size(settings) == 100


@pytest.mark.parametrize(
    ("size", "given", "seen"),
    [("150", None, "1.5 None"), ("100", None, "1.0 None"), ("150", "2", "2.0 2")],
    ids=["chosen", "usual", "own-factor"],
)
def test_the_chosen_size_holds_from_the_next_start_and_is_not_inherited(
    tmp_path, size, given, seen
):
    folder = tmp_path / "kkd-desktop"
    folder.mkdir()
    settings = QSettings(str(folder / "fenster.ini"), QSettings.Format.IniFormat)
    look.keep_size(settings, int(size))
    env = {k: v for k, v in os.environ.items() if k != "QT_SCALE_FACTOR"}
    env |= {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}
    if given:
        env["QT_SCALE_FACTOR"] = given

    done = subprocess.run(
        [sys.executable, "-c", SCALED], env=env, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == seen


def test_less_motion_is_kept_and_stills_the_cursor_at_once(section, settings, qtbot, qapp):
    qtbot.mouseClick(section.motion.button(Motion.LESS), LEFT)
    stilled = qapp.styleHints().cursorFlashTime()
    qtbot.mouseClick(section.motion.button(Motion.SYSTEM), LEFT)

    assert stilled == 0
    assert qapp.styleHints().cursorFlashTime() > 0
    assert motion.chosen_motion(settings) is Motion.SYSTEM


@pytest.fixture
def unfolding(qapp):
    """A system that lets lists unfold."""
    wanted = (Qt.UIEffect.UI_General, UNFOLDING)
    before = [qapp.isEffectEnabled(effect) for effect in wanted]
    for effect in wanted:
        qapp.setEffectEnabled(effect, True)
    yield lambda: qapp.isEffectEnabled(UNFOLDING)
    for effect, was in zip(wanted, before, strict=True):
        qapp.setEffectEnabled(effect, was)


def test_lists_unfold_again_as_soon_as_the_system_decides_again(unfolding):
    motion.take_motion(Motion.LESS)
    motion.take_motion(Motion.LESS)
    stilled = not unfolding()

    motion.take_motion(Motion.SYSTEM)

    assert stilled
    assert unfolding()


def test_what_the_system_does_not_move_stays_still(unfolding, qapp):
    qapp.setEffectEnabled(UNFOLDING, False)

    motion.take_motion(Motion.LESS)
    motion.take_motion(Motion.SYSTEM)

    assert not unfolding()


def test_less_motion_holds_at_the_next_start(settings, qapp):
    motion.keep_motion(settings, Motion.LESS)

    motion.take_motion(motion.chosen_motion(settings))

    assert motion.is_less()


@pytest.mark.parametrize("chosen", [Motion.SYSTEM, Motion.LESS])
def test_a_bar_of_unknown_duration_runs_only_where_motion_is_wanted(chosen, qtbot):
    motion.take_motion(chosen)
    bar = WorkBar()
    qtbot.addWidget(bar)

    bar.wait()

    # From 0 to 0 is what Qt calls unknown, and moves.
    assert (bar.maximum() == 0) is (chosen is Motion.SYSTEM)


def test_a_system_without_animations_is_followed_whatever_was_chosen(qapp, monkeypatch):
    class Still(QProxyStyle):
        def styleHint(self, hint, option=None, widget=None, data=None):
            if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
                return 0
            return super().styleHint(hint, option, widget, data)

    still = Still("Fusion")
    monkeypatch.setattr(type(qapp), "style", lambda app: still)

    motion.take_motion(Motion.SYSTEM)

    assert motion.is_less()
