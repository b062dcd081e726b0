"""Letters on paper: DIN 5008 form B, accessible, as many in one PDF as are wanted."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Thread

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.language import german, said
from kkd_desktop.domain.letter import Letter, LettersCancelled
from kkd_desktop.domain.letter_kinds import KIND_TEXTS
from kkd_desktop.domain.text_blocks import BLOCK_KIND_TEXTS, BlockKind, BlockStanding
from kkd_desktop.domain.values import Value
from kkd_desktop.paper.templates import Template, find_template
from kkd_desktop.paper.typesetting import forget, set_template

LETTER_TEMPLATE = "brief"
AT_ONCE = 100
"""Letters in one run of typst where there are many: it keeps more than a megabyte of each."""

_UNJOINED = 200
"""So many are set in one run all the same: joining parts would cost a quarter of the time."""

_A_FEW = 10
"""Letters that typst may remember: it lets go of them by and by."""

Content = Mapping[str, object]
Progress = Callable[[int, int], bool]

_BEFORE_CLOSING = (
    BlockKind.RECHTSGRUNDLAGE,
    BlockKind.SELBER_TAG,
    BlockKind.KRANKHEIT,
    BlockKind.REISEKOSTEN,
    BlockKind.RECHTSFOLGEN,
    BlockKind.ANHOERUNG,
)
_PLACES = {
    ContactForm.TELEFONISCH: "telefonisch; ich rufe Sie an",
    ContactForm.VIDEO: "Videogespräch; den Zugang erhalten Sie gesondert",
    ContactForm.EMAIL: "per E-Mail",
    ContactForm.SCHRIFTLICH: "schriftlich",
}
_TIED = (
    (re.compile(r"(§§?|\b(?:Abs|Nr|Art|Satz|SGB|Seite)\b\.?) (?=[\dIVX])"), "\\1\u00a0"),
    (re.compile(rf"(\d\.) (?={'|'.join(texts.MONTHS)})"), "\\1\u00a0"),
    (re.compile(r"(\d) (?=Prozent|Uhr|Euro)"), "\\1\u00a0"),
)


class Sheet(Value, frozen=True):
    letter: Letter
    receipt_page: bool = False


def letter_template(own_folder: Path | None) -> Template:
    return find_template(LETTER_TEMPLATE, own_folder)


def letters_pdf(
    sheets: Sequence[Sheet],
    printed_on: date,
    *,
    own_folder: Path | None = None,
    progress: Progress | None = None,
) -> bytes:
    """All letters one after the other. `progress` hears how many are set and may stop."""
    template = letter_template(own_folder)
    contents = [content(each.letter, receipt_page=each.receipt_page) for each in sheets]
    hear = progress or _go_on
    if len(contents) <= _UNJOINED:
        _require_going_on(hear, 0, len(contents))
        pdf = set_contents(contents, template, printed_on)
        if len(contents) > _A_FEW:
            # Whoever waits for the letters need not wait for this.
            Thread(target=forget).start()
    else:
        pdf = _joined(contents, template, printed_on, hear)
    hear(len(contents), len(contents))
    return pdf


def _joined(
    contents: Sequence[Content], template: Template, printed_on: date, hear: Progress
) -> bytes:
    # Only here: a few letters need no merging.
    from kkd_desktop.paper.merging import Merger

    title = _title(contents, printed_on)
    with Merger() as merger:
        for start in range(0, len(contents), AT_ONCE):
            _require_going_on(hear, start, len(contents))
            some = contents[start : start + AT_ONCE]
            part = set_contents(some, template, printed_on, title=title)
            # Before the part is joined, which keeps other threads waiting.
            forget()
            merger.add(part)
        return merger.finished(title)


def _go_on(done: int, whole: int) -> bool:
    return True


def _require_going_on(hear: Progress, done: int, whole: int) -> None:
    if not hear(done, whole):
        raise LettersCancelled(said("Abgebrochen; es wurde kein Brief gesetzt."))


def set_contents(
    contents: Sequence[Content],
    template: Template,
    printed_on: date,
    *,
    copy: bool = False,
    title: str = "",
) -> bytes:
    data = {
        "title": title or _title(contents, printed_on),
        "copy": "Kopie" if copy else "",
        "letters": list(contents),
    }
    return set_template(template, data, printed_on)


@german()
def _title(contents: Sequence[Content], printed_on: date) -> str:
    """Names no person: it stands in the window of every reader."""
    if len(contents) == 1:
        return str(contents[0]["subject"])
    return f"{len(contents)} Briefe vom {texts.day(printed_on)}"


@german()
def content(letter: Letter, *, receipt_page: bool = False) -> Content:
    """Everything a letter says, in the words and the order of the template."""
    opening = letter.passage(BlockKind.EROEFFNUNG)
    subject = (opening.block.title if opening else "") or KIND_TEXTS[letter.kind]
    written_on = texts.day(letter.written_on)
    return {
        "office": letter.sender.office,
        "return_line": letter.sender.return_line,
        "recipient": list(letter.recipient),
        "information": [[label, value] for label, value in _information(letter) if value],
        "subject": subject,
        "written_on": written_on,
        "draft": "" if letter.kind.invites else "Entwurf",
        "notices": list(_notices(letter)),
        "parts": list(_parts(letter)),
        "receipt_line": letter.delivery is Delivery.HANDED_OVER and not receipt_page,
        "receipt_page": receipt_page,
        "receipt_text": f"Das Schreiben „{subject}“ vom {written_on} habe ich heute erhalten.",
        "receipt_rows": [
            _row("Schreiben", [f"{subject} vom {written_on}"]),
            *_receipt_rows(letter),
        ],
    }


def _information(letter: Letter) -> Iterator[tuple[str, str]]:
    sender, client = letter.sender, letter.client
    yield "Ansprechperson", sender.caseworker
    yield "Telefon", sender.phone
    yield "E-Mail", sender.mailbox
    yield "Mein Zeichen", sender.reference
    yield "Kundennummer", client.number
    yield "BG-Nummer", client.bg_number
    yield "Datum", texts.day(letter.written_on)


def _notices(letter: Letter) -> Iterator[str]:
    """Each fault of the texts once, with the names of all that have it."""
    if not letter.kind.invites:
        yield "Entwurf: Über das Anhörungsschreiben entscheidet die zuständige Fachkraft."
    unread = [
        BLOCK_KIND_TEXTS[each.block.kind]
        for each in letter.passages
        if each.standing is BlockStanding.UNREVIEWED
    ]
    if unread:
        yield f"Texte, die noch niemand geprüft hat: {', '.join(unread)}."
    for each in letter.passages:
        if each.standing is BlockStanding.EXPIRED:
            until = texts.day(each.block.until)
            name = BLOCK_KIND_TEXTS[each.block.kind]
            yield f"Abgelaufen am {until}: {name} ({each.block.version})."


def _parts(letter: Letter) -> Iterator[Content]:
    name = letter.client.first_name, letter.client.last_name
    yield _section("", [f"Guten Tag {' '.join(part for part in name if part)},"])
    yield from _passage(letter, BlockKind.EROEFFNUNG, titled=False)
    if letter.kind.invites:
        yield {"kind": "facts", "rows": list(_facts(letter))}
    for kind in _BEFORE_CLOSING:
        yield from _passage(letter, kind)
    yield {"kind": "closing", "name": letter.sender.caseworker}
    yield from _passage(letter, BlockKind.RECHTSBEHELF)


def _passage(letter: Letter, kind: BlockKind, *, titled: bool = True) -> Iterator[Content]:
    found = letter.passage(kind)
    if found is None or found.block.left_out:
        return
    yield _section(found.block.title if titled else "", letter.text_of(found).split("\n\n"))


def _section(heading: str, paragraphs: Sequence[str]) -> Content:
    said = [_tied(" ".join(each.split())) for each in paragraphs]
    return {"kind": "section", "heading": heading, "paragraphs": said}


def _tied(text: str) -> str:
    """A paragraph sign and its number stay on one line."""
    for pattern, replacement in _TIED:
        text = pattern.sub(replacement, text)
    return text


def _facts(letter: Letter) -> Iterator[Content]:
    yield _row("Termin", [_tied(texts.long_moment(letter.appointment.start))], strong=True)
    yield _row("Ort", _place(letter))
    yield _row("Meldezweck" if letter.kind.is_summons else "Anlass", letter.purpose_lines)
    if letter.bring:
        yield _row("Bitte mitbringen", [letter.bring])


def _place(letter: Letter) -> Sequence[str]:
    form, sender = letter.appointment.form, letter.sender
    if form is not ContactForm.PERSOENLICH:
        return [_PLACES[form]]
    room = letter.appointment.room
    address = ", ".join(part for part in (sender.street, sender.place) if part)
    return [part for part in (sender.office, address, f"Raum {room}" if room else "") if part]


def _receipt_rows(letter: Letter) -> Iterator[Content]:
    if letter.kind.invites:
        yield _row("Termin", [_tied(texts.long_moment(letter.appointment.start))])
    name = letter.client.first_name, letter.client.last_name
    yield _row("Für", [" ".join(part for part in name if part)])
    if letter.client.number:
        yield _row("Kundennummer", [letter.client.number])


def _row(label: str, lines: Sequence[str], *, strong: bool = False) -> Content:
    return {"label": label, "lines": list(lines), "strong": strong}
