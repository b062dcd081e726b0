"""The process around the window: where the key comes from, and what is refused."""

from datetime import date

import pytest

from kkd_desktop.actions import stores
from kkd_desktop.actions.secrets import Passphrase, key_of
from kkd_desktop.gui import app
from kkd_desktop.gui.dialogs.refusal import RefusalDialog
from kkd_desktop.gui.startup import UNUSABLE

TODAY = date(2026, 11, 20)
PASSPHRASE = "vier zufällige Wörter hier"


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "bestand.kkd"
    stores.create_caseload(place, Passphrase(PASSPHRASE), TODAY).store.close()
    return place


def early(path, file=None):
    key = app.EarlyKey(path, file)
    if key.is_given():
        key.start()
    return key.result()


def test_the_key_is_derived_early_from_the_environment(path, monkeypatch):
    monkeypatch.setenv("KKD_PASSPHRASE", PASSPHRASE)

    assert early(path) == key_of(path, Passphrase(PASSPHRASE))


def test_the_key_is_derived_early_from_a_file(path, tmp_path, monkeypatch):
    monkeypatch.delenv("KKD_PASSPHRASE", raising=False)
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")

    assert early(path, file) == key_of(path, Passphrase(PASSPHRASE))


def test_without_either_there_is_no_early_key(path, monkeypatch):
    monkeypatch.delenv("KKD_PASSPHRASE", raising=False)

    assert early(path) is None


def test_a_store_that_is_missing_is_one_sentence_and_exit_two(qapp, tmp_path, monkeypatch):
    monkeypatch.setenv("KKD_PASSPHRASE", PASSPHRASE)
    said = []
    monkeypatch.setattr(RefusalDialog, "exec", lambda dialog: said.append(dialog.sentence.text()))

    assert app.run(["--store", str(tmp_path / "nirgends.kkd")]) == UNUSABLE
    assert "gibt es nicht" in said[0]
