"""Do unusable files end in a sentence, never in a traceback or a hang?"""

from time import thread_time

import pytest

from kkd_desktop.domain.errors import UserError
from kkd_desktop.policyfiles.faults import PolicyFileError
from kkd_desktop.policyfiles.source import MAX_BYTES, blank_strings, read_document


def fault_of(path, content):
    path.write_bytes(content)
    with pytest.raises(PolicyFileError) as caught:
        read_document(path)
    (fault,) = caught.value.faults
    return fault


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b'a = 1\nb = "x\n', 2, "Anführungszeichen"),
        (b"a = 1\na = 2\n", 2, "zweimal"),
        (b"a = 1\nb = arbeitslos\n", 2, "Anführungszeichen"),
        (b"a = 2019-02-30\n", 1, "Datum"),
        (b"a = [1,\n2", 2, "nicht geschlossen"),
        (b'a = 1\nb = "\xfc"\n', 2, "UTF-8"),
        (b"x = " + b"[" * 5000, 1, "Ebenen"),
        (b"\n" + b"a." * 500 + b"b = 1", 2, "Schlüssel"),
        (b"#" * (MAX_BYTES + 1), None, "1 MB"),
    ],
)
def test_text_that_is_no_usable_toml_is_refused_with_its_line(tmp_path, content, line, words):
    fault = fault_of(tmp_path / "x.toml", content)

    assert (fault.line, words in fault.message) == (line, True), fault


@pytest.mark.parametrize("filler", ['"\\"', "'''", '"""', "a", "[a]\n", "a.b=", "\\"])
def test_a_file_of_one_megabyte_is_looked_through_at_once(filler):
    text = (filler * MAX_BYTES)[:MAX_BYTES]
    begun = thread_time()

    blanked = blank_strings(text)

    # A pattern that goes back over what it has read needs minutes.
    assert thread_time() - begun < 5
    assert (len(blanked), blanked.count("\n")) == (len(text), text.count("\n"))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UserError, match=r"Die Datei fort\.toml gibt es nicht\."):
        read_document(tmp_path / "fort.toml")


def test_a_folder_is_not_readable(tmp_path):
    with pytest.raises(UserError, match="ist nicht lesbar"):
        read_document(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_are_welcome(tmp_path):
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")

    assert read_document(path)[0] == {"a": 1, "b": 2}


def test_brackets_in_strings_and_comments_are_not_nesting():
    assert blank_strings("a = \"[[\" # [[\nb = '{'\n").split() == ["a", "=", "b", "="]
