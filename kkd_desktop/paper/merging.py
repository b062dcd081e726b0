"""How do several tagged PDFs become one that is still tagged?"""

from collections.abc import Sequence
from io import BytesIO

from pikepdf import Array, Name, Object, ObjectStreamMode, Pdf


def merged(parts: Sequence[bytes], title: str) -> bytes:
    """The pages of all parts in order, with their structure for screen readers.

    All parts come from one template, so metadata, language and colours of the first hold for all.
    """
    with Pdf.open(BytesIO(parts[0])) as whole:
        for part in parts[1:]:
            with Pdf.open(BytesIO(part)) as source:
                _append(whole, source)
        if "/Outlines" in whole.Root:
            # They would only list the first part.
            del whole.Root["/Outlines"]
        target = BytesIO()
        whole.docinfo[Name.Title] = title
        # Thousands of small objects for screen readers: packed they take a third.
        whole.save(target, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return target.getvalue()


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
