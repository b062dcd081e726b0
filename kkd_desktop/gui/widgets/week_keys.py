"""What do the keys do in the calendar?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from kkd_desktop.domain.values import replace
from kkd_desktop.domain.week import WEEK, DayPlan
from kkd_desktop.domain.workdays import DAY
from kkd_desktop.gui.models.week_carry import (
    Carry,
    Spot,
    longer,
    next_day,
    next_fitting,
    stepped,
)
from kkd_desktop.gui.models.week_proposals import ProposedTalk

if TYPE_CHECKING:
    from kkd_desktop.gui.widgets.week_view import WeekView

_Key = Qt.Key
_UPRIGHT = {_Key.Key_Up: -1, _Key.Key_Down: 1}
_SIDEWAYS = {_Key.Key_Left: -1, _Key.Key_Right: 1}
_PAGES = {_Key.Key_PageUp: -1, _Key.Key_PageDown: 1}
_LENGTHS = {
    _Key.Key_Plus: (1, False),
    _Key.Key_Minus: (-1, False),
    # What Shift makes of them on a German keyboard.
    _Key.Key_Asterisk: (1, True),
    _Key.Key_Underscore: (-1, True),
}
"""The way, and whether it is a fine step."""
_ENTER = (_Key.Key_Return, _Key.Key_Enter)


class WeekKeys:
    """The keys of a `WeekView`, apart for what is in hand and for going about."""

    def __init__(self, view: WeekView) -> None:
        self._view = view

    def act(self, event: QKeyEvent) -> bool:
        """Whether the key meant something here."""
        if self._view.week is None:
            return False
        key = Qt.Key(event.key())
        held = event.modifiers()
        fine = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if self._view.carry is not None:
            return self._carry_on(key, self._view.carry, fine)
        if held & Qt.KeyboardModifier.ControlModifier:
            return self._move_at_once(key, fine)
        return self._go(key) or self._resize(key) or self._change(key)

    def _carry_on(self, key: Qt.Key, carry: Carry, fine: bool) -> bool:
        """Arrows carry it, Enter or Space puts it down, Esc lets it go."""
        view, week = self._view, self._view.week
        assert week is not None
        if key == _Key.Key_Escape:
            view.let_go()
        elif key in (*_ENTER, _Key.Key_Space):
            view.drop()
        elif key in _UPRIGHT:
            plan = week.day(carry.day) or DayPlan(carry.day)
            moved = stepped(carry, plan, _UPRIGHT[key], week.step, fine=fine)
            view.carry_to(replace(moved, from_key=True).judged(week))
        elif key in _SIDEWAYS:
            view.carry_to(replace(next_day(carry, week, _SIDEWAYS[key]), from_key=True))
        elif key in _PAGES:
            there = carry.at(carry.start + _PAGES[key] * WEEK)
            view.carry_to(replace(there, from_key=True).judged(week))
        elif key in _LENGTHS:
            way, is_fine = _LENGTHS[key]
            view.carry_to(longer(carry, week, way, fine=is_fine))
        else:
            return False
        return True

    def _move_at_once(self, key: Qt.Key, fine: bool) -> bool:
        """Ctrl+arrows: the talk that has the keys, by a step or a day."""
        view, week, card = self._view, self._view.week, self._view.current_card()
        if card is None or week is None or key not in {**_UPRIGHT, **_SIDEWAYS}:
            return False
        if not card.talk.is_open:
            self._say_closed()
            return True
        carry = view.carry_of(card, from_key=True)
        if key in _UPRIGHT:
            there = next_fitting(carry, week, _UPRIGHT[key], fine=fine)
        else:
            there = next_day(carry, week, _SIDEWAYS[key])
        self._put(there)
        return True

    def _go(self, key: Qt.Key) -> bool:
        if key in _UPRIGHT:
            self._go_along(_UPRIGHT[key])
        elif key in _SIDEWAYS:
            self._go_across(_SIDEWAYS[key])
        elif key in _PAGES:
            self._view.pages_wanted.emit(_PAGES[key])
        elif key in (_Key.Key_Home, _Key.Key_End) and self._view.spot is not None:
            spots = self._view.spots(self._view.spot.day)
            self._view.focus_spot(spots[0 if key == _Key.Key_Home else -1])
        else:
            return False
        return True

    def _change(self, key: Qt.Key) -> bool:
        view, card, spot = self._view, self._view.current_card(), self._view.spot
        acts: dict[Qt.Key, Callable[[], object]] = {}
        if card is not None:
            opened = card.talk.clients[0].id
            acts = {
                _Key.Key_Delete: lambda: view.cancel_wanted.emit(card.talk),
                _Key.Key_Space: lambda: view.begin_carry(view.carry_of(card, from_key=True)),
            }
            if isinstance(card.talk, ProposedTalk):
                acts = dict.fromkeys(acts, lambda: view.proposal_toggled.emit(card.talk))
            elif not card.talk.is_open:
                acts = dict.fromkeys(acts, self._say_closed)
            acts |= dict.fromkeys(_ENTER, lambda: view.client_opened.emit(opened))
        elif spot is not None and spot.is_free:
            acts = dict.fromkeys((*_ENTER, _Key.Key_Space), lambda: self._ask(spot))
        act = acts.get(key)
        if act is not None:
            act()
        return act is not None

    def _ask(self, spot: Spot) -> None:
        area = self._view.spot_area(spot)
        assert area is not None
        self._view.slot_asked.emit(spot.moment, self._view.at_screen(area))

    def _resize(self, key: Qt.Key) -> bool:
        view, week, card = self._view, self._view.week, self._view.current_card()
        if card is None or week is None or key not in _LENGTHS:
            return False
        if not card.talk.is_open:
            self._say_closed()
            return True
        way, fine = _LENGTHS[key]
        carry = view.carry_of(card, from_key=True, resizes=True)
        self._put(longer(carry, week, way, fine=fine))
        return True

    def _put(self, there: Carry) -> None:
        assert there.talk is not None
        if there.placing.refused:
            self._view.refused.emit(f"{there.when}: {there.placing.refused}.")
        elif there.is_changed:
            self._view.move_wanted.emit(there.talk, there.start, there.minutes)

    def _say_closed(self) -> None:
        view, card = self._view, self._view.current_card()
        said = view.tr("Der Termin ist schon abgeschlossen und kann nicht mehr geändert werden.")
        if card is not None and isinstance(card.talk, ProposedTalk):
            said = view.tr("Das ist erst ein Vorschlag; verlegen lässt er sich, wenn er gilt.")
        view.refused.emit(said)

    def _go_along(self, direction: int) -> None:
        """To the next stop of the same day."""
        view, spot = self._view, self._view.spot
        if spot is None:
            view.focus_first()
            return
        spots = view.spots(spot.day)
        place = spots.index(spot) if spot in spots else 0
        view.focus_spot(spots[min(max(place + direction, 0), len(spots) - 1)])

    def _go_across(self, direction: int) -> None:
        """To the nearest stop of the next day; beyond the last one on the next page."""
        view, spot = self._view, self._view.spot
        if spot is None:
            view.focus_first()
            return
        days = view.days()
        there = spot.day + direction * DAY
        if there not in days:
            while there.weekday() >= 5:
                there += direction * DAY
            view.day_wanted.emit(there)
        if there in view.days():
            view.focus_spot(min(view.spots(there), key=lambda each: abs(each.minute - spot.minute)))
