"""What does the client wish, since when, and until when?"""

from kkd_desktop.domain import fact_changes, texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Period, Timeline
from kkd_desktop.domain.language import said
from kkd_desktop.domain.policy import FactDeclaration
from kkd_desktop.domain.wishes import FIELD
from kkd_desktop.gui.widgets.fact_editors import FactEditor
from kkd_desktop.gui.widgets.fact_rows import FactRow
from kkd_desktop.gui.widgets.wish_editor import WishEditor


class WishRow(FactRow):
    """The row of the wish; its line also names the last day."""

    def history(self) -> Timeline:
        held = self._held()
        value, until = self._wish.value(), self._wish.until()
        if value is None or (held is not None and (held.value, held.until) == (value, until)):
            return super().history()
        if not self.since.is_readable():
            raise UserError(
                said("{label}, gilt ab: bitte als TT.MM.JJJJ eintragen.").format(label=self.label)
            )
        since = self.since.day()
        if until is not None and until < (since or self._today):
            raise UserError(
                said("{field}: {day} liegt vor dem Beginn.").format(
                    field=said(FIELD), day=texts.day(until)
                )
            )
        return fact_changes.holding(self._history, value, since, self._today, until)

    def _editor_for(self, declaration: FactDeclaration) -> FactEditor:
        self._wish = WishEditor(ends=True, today=self._today)
        return self._wish

    def _show(self, held: Period | None) -> None:
        self._wish.show_wish(*((None, None) if held is None else (held.value, held.until)))
