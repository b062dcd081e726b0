"""How do several tagged PDFs become one that is still tagged?"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from typing import Self

from pikepdf import Array, Name, Object, ObjectStreamMode, Pdf


class Merger:
    """Appends the pages of one part after the other, with their structure for screen readers.

    Each part is appended in a thread of its own while the caller sets the next one. All parts come
    from one template, so metadata, language and colours of the first hold for all. To be used in
    a `with` statement.
    """

    def __init__(self) -> None:
        self._whole: Pdf | None = None
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._appended: list[Future[None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown(cancel_futures=True)
        if self._whole is not None:
            self._whole.close()

    def add(self, part: bytes) -> None:
        self._appended.append(self._thread.submit(self._add, part))

    def finished(self, title: str) -> bytes:
        """All parts as one PDF; there must be at least one."""
        for each in self._appended:
            each.result()
        assert self._whole is not None, "a file needs at least one part"
        if "/Outlines" in self._whole.Root:
            # They would only list the first part.
            del self._whole.Root["/Outlines"]
        self._whole.docinfo[Name.Title] = title
        target = BytesIO()
        # Thousands of small objects for screen readers: packed they take a third.
        self._whole.save(
            target, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate
        )
        return target.getvalue()

    def _add(self, part: bytes) -> None:
        if self._whole is None:
            self._whole = Pdf.open(BytesIO(part))
            return
        with Pdf.open(BytesIO(part)) as source:
            _append(self._whole, source)


def _append(whole: Pdf, source: Pdf) -> None:
    """Every page names its place in the tree of parents by a number, which must stay unique."""
    ours, theirs = whole.Root.StructTreeRoot, source.Root.StructTreeRoot
    offset = int(ours.ParentTreeNextKey)
    for page in source.pages:
        page.obj[Name.StructParents] = int(page.obj.StructParents) + offset
    copied = whole.copy_foreign(source.make_indirect(theirs))
    for child in _listed(copied.K):
        child[Name.P] = ours
        ours.K.append(child)
    for number, parents in _pairs(copied.ParentTree):
        ours.ParentTree.Nums.append(number + offset)
        ours.ParentTree.Nums.append(parents)
    ours[Name.ParentTreeNextKey] = offset + int(copied.ParentTreeNextKey)
    whole.pages.extend(source.pages)


def _listed(value: Object) -> Sequence[Object]:
    return list(value) if isinstance(value, Array) else [value]


def _pairs(tree: Object) -> Sequence[tuple[int, Object]]:
    numbers = list(tree.Nums)
    return [(int(numbers[at]), numbers[at + 1]) for at in range(0, len(numbers), 2)]
