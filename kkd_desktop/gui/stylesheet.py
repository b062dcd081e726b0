"""How do the standard widgets look in a palette? One sheet for the whole window."""

from pathlib import Path
from typing import TYPE_CHECKING

from kkd_desktop.domain.values import field_names

if TYPE_CHECKING:
    from kkd_desktop.gui.theme import Palette

_SHEET = """
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {border}; padding: 4px 8px; }}

QFrame[kind="card"], QFrame[kind="popup"] {{
    background: {surface}; border: 1px solid {line}; border-radius: 8px; }}
QFrame[kind="card"][drop="true"] {{ border: 1px solid {accent}; }}
QFrame[kind="popup"] {{ border-color: {border}; }}
QFrame[kind="line"] {{ background: {line}; border: none; }}
QFrame[kind="quote"] {{ border: none; border-left: 2px solid {line}; }}

QLabel[strong="true"] {{ font-weight: 600; }}
QLabel[tone="muted"] {{ color: {muted}; }}
QLabel[tone="late"] {{ color: {late}; }}
QLabel[tone="soon"] {{ color: {soon}; }}
QLabel[tone="ok"] {{ color: {ok}; }}
QLabel[tone="accent"] {{ color: {accent}; }}
QLabel[kind="chip"] {{ background: {chip}; border-radius: 10px; padding: 2px 8px; }}
QLabel[kind="chip"][tone="late"] {{ background: {late_soft}; }}
QLabel[kind="chip"][tone="soon"] {{ background: {soon_soft}; }}
QLabel[kind="chip"][tone="ok"] {{ background: {ok_soft}; }}
QLabel[kind="chip"][tone="accent"] {{ background: {selection}; }}
QLabel[kind="key"] {{
    background: {bg}; color: {muted}; border: 1px solid {line}; border-radius: 4px;
    padding: 0px 5px; }}

QFrame[kind="banner"] {{ border: none; border-radius: 6px; background: {chip}; }}
QFrame[kind="banner"][tone="late"] {{ background: {late_soft}; }}
QFrame[kind="banner"][tone="soon"] {{ background: {soon_soft}; }}
QFrame[kind="banner"][tone="ok"] {{ background: {ok_soft}; }}
QFrame[kind="banner"][tone="accent"] {{ background: {selection}; }}
QFrame[kind="banner"][flat="true"] {{ border-radius: 0; }}

QPushButton {{
    background: {surface}; color: {text}; border: 1px solid {border}; border-radius: 6px;
    padding: 0px 12px; min-height: 30px; }}
QPushButton[keys="true"] {{ text-align: left; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {selection}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {muted}; background: {bg}; border-color: {line}; }}
QPushButton::menu-indicator {{ image: url({icons}/chevron-down-{shade}.png); width: 10px;
    height: 10px; subcontrol-position: right center; right: 8px; }}
QPushButton[kind="primary"] {{
    background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 500; }}
QPushButton[kind="primary"]:hover {{ background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {text}; padding: 0px 11px;
    min-height: 28px; }}
QPushButton[kind="primary"]:disabled {{
    background: {chip}; color: {muted}; border-color: {line}; }}
QPushButton[kind="link"] {{
    background: transparent; border: 1px solid transparent; border-radius: 4px; color: {accent};
    padding: 0px 4px; min-height: 24px; }}
QPushButton[kind="link"][flush="true"] {{ padding: 0px; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border-color: {accent}; }}
QPushButton[kind="quiet"] {{
    background: transparent; border: 1px solid transparent; color: {muted}; padding: 0px 8px; }}
QPushButton[kind="quiet"]:hover {{ background: {hover}; color: {text}; }}
QPushButton[kind="quiet"]:checked {{ background: {selection}; color: {accent}; }}
QPushButton[kind="quiet"]:focus {{ border-color: {accent}; }}
QPushButton[kind="chip"] {{
    background: {chip}; border: 1px solid transparent; border-radius: 11px; padding: 0px 10px;
    min-height: 20px; }}
QPushButton[kind="chip"]:hover {{ background: {hover}; border-color: {border}; }}
QPushButton[kind="chip"][strong="true"] {{ background: {selection}; }}
QPushButton[kind="chip"]:focus {{ border-color: {accent}; }}
QPushButton[menu="beside"] {{ padding: 0px 24px 0px 4px; }}
QPushButton[kind="choice"] {{ text-align: left; }}
QPushButton[kind="remove"] {{
    background: transparent; border: 1px solid transparent; border-radius: 4px; color: {muted};
    padding: 0px; min-height: 18px; }}
QPushButton[kind="remove"]:hover {{ background: {hover}; color: {text}; }}
QPushButton[kind="remove"]:focus {{ border-color: {accent}; }}
QPushButton[menu="only"] {{ padding: 0px; min-width: 22px; max-width: 22px; }}
QPushButton[menu="only"]::menu-indicator {{ subcontrol-position: center; right: 0px; }}

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {{
    background: {surface}; color: {text}; border: 1px solid {field}; border-radius: 6px;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit, QComboBox {{ padding: 0px 9px; min-height: 30px; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {muted}; }}
QLineEdit {{ lineedit-clear-button-icon: url({icons}/clear-{shade}.png); }}
QAbstractSpinBox {{ padding: 0px; min-height: 30px; max-height: 30px; }}
QPlainTextEdit, QTextEdit {{ padding: 4px 6px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{
    border: 2px solid {accent}; }}
QLineEdit:focus, QComboBox:focus {{ padding: 0px 8px; min-height: 28px; }}
QAbstractSpinBox:focus {{ min-height: 28px; max-height: 28px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 3px 5px; }}
QTextEdit[kind="paper"], QTextEdit[kind="paper"]:focus {{
    background: transparent; border: none; padding: 0px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {{
    background: {bg}; color: {muted}; border-color: {line}; }}
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QAbstractSpinBox[invalid="true"],
QComboBox[invalid="true"] {{ border-color: {late}; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{
    border: none; padding: 0px; min-height: 0px; background: transparent; }}
QComboBox[active="true"], QLineEdit[active="true"] {{ border-color: {accent}; color: {accent}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{
    image: url({icons}/chevron-down-{shade}.png); width: 10px; height: 10px; }}
QComboBox QAbstractItemView {{
    background: {surface}; border: 1px solid {border}; outline: none; padding: 4px;
    selection-background-color: {selection}; selection-color: {text}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    subcontrol-origin: border; border: none; width: 22px; background: transparent; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; top: 2px; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; bottom: 2px; }}
QAbstractSpinBox::up-arrow {{
    image: url({icons}/chevron-up-{shade}.png); width: 10px; height: 10px; }}
QAbstractSpinBox::down-arrow, QDateTimeEdit::drop-down {{
    image: url({icons}/chevron-down-{shade}.png); width: 10px; height: 10px; }}
QDateTimeEdit::drop-down {{
    subcontrol-origin: border; subcontrol-position: center right; right: 8px; border: none; }}

QCheckBox, QRadioButton {{ spacing: 8px; min-height: 24px; }}
QCheckBox[lines="2"] {{ min-height: 36px; }}
QCheckBox::indicator, QRadioButton::indicator {{
    width: 14px; height: 14px; border: 1px solid {field}; background: {surface}; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url({icons}/check-{shade}.png); }}
QRadioButton::indicator:checked {{
    background: {surface}; border: 4px solid {accent}; width: 8px; height: 8px; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {accent}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {accent}; }}

QAbstractItemView {{ outline: none; }}
QTableView, QTreeView, QListView {{ border: none; background: transparent; }}
QListView::indicator {{ width: 14px; height: 14px; border: 1px solid {field};
    border-radius: 4px; background: {surface}; }}
QListView::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url({icons}/check-{shade}.png); }}
QListView[kind="names"]::item {{ min-height: 26px; padding-left: 8px; color: {text}; }}
QListView[kind="names"][flush="true"]::item {{ padding-left: 0px; }}
QListView[kind="names"]::item:selected {{ background: {selection}; color: {text}; }}
QCalendarWidget QTableView {{ background: {surface}; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QCalendarWidget #qt_calendar_navigationbar {{ background: {surface}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{
    background: transparent; color: {text}; border: none; border-bottom: 1px solid {line};
    padding: 0px 12px; font-weight: 600; }}
QHeaderView::section:hover {{ background: {hover}; }}
QHeaderView::up-arrow {{ image: url({icons}/chevron-up-{shade}.png); width: 9px; }}
QHeaderView::down-arrow {{ image: url({icons}/chevron-down-{shade}.png); width: 9px; }}
QTableCornerButton::section {{ background: {surface}; border: none; }}

QScrollArea {{ border: none; background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 10px; background: transparent; margin: 0; }}
QScrollBar:horizontal {{ height: 10px; background: transparent; margin: 0; }}
QScrollBar::handle {{ background: {border}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QMenu {{ background: {surface}; border: 1px solid {border}; padding: 4px; }}
QMenu::item {{ padding: 6px 20px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selection}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 0px; }}

QProgressBar {{
    background: {chip}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
    color: transparent; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QProgressBar[tone="late"]::chunk {{ background: {late}; }}
QProgressBar[tone="soon"]::chunk {{ background: {soon}; }}
QProgressBar[tone="ok"]::chunk {{ background: {ok}; }}
QSplitter::handle {{ background: transparent; }}
"""


def build(palette: "Palette", icons: Path) -> str:
    """The sheet in these colours; `icons` holds the small arrows, one set per shade."""
    words = {name: getattr(palette, name) for name in field_names(type(palette))}
    return _SHEET.format(
        **words,
        icons=icons.as_posix(),
        shade="dark" if palette.dark else "light",
        accent_hover=_mixed(palette.accent, palette.text),
    )


def _mixed(colour: str, other: str, share: float = 0.14) -> str:
    parts = (
        round(int(colour[i : i + 2], 16) * (1 - share) + int(other[i : i + 2], 16) * share)
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)
