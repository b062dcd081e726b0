from kkd_desktop.store import settings
from kkd_desktop.store.opening import open_store
from kkd_desktop.store.verify import verify


def test_a_store_in_order_has_no_findings(store, client_id):
    assert verify(store) == []


def test_reading_alone_is_enough_to_verify(path, key):
    with open_store(path, key, read_only=True) as store:
        assert verify(store) == []


def test_a_changed_table_is_found(store):
    store.connection.execute("DROP INDEX contact_log")
    store.connection.execute("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT")
    store.connection.execute("ALTER TABLE setting ADD COLUMN note TEXT")

    findings = " ".join(verify(store))

    assert "fehlt „contact_log“" in findings
    assert "enthält „extra“" in findings
    assert "„setting“ (table) anders aufgebaut" in findings


def test_a_row_without_its_client_is_found(store, client_id):
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute(
        "INSERT INTO fact (client_id, name, value) VALUES (99, 'profile', 'null')"
    )

    assert verify(store) == ["Zeile 1 in „fact“ verweist auf etwas, das in „client“ fehlt."]


def test_a_page_that_was_tampered_with_is_found(path, key):
    with open_store(path, key) as store:
        for number in range(50):
            settings.put(store, f"key {number}", "x" * 3000)
    data = bytearray(path.read_bytes())
    data[-5000] ^= 1
    path.write_bytes(data)

    with open_store(path, key, thorough=False) as store:
        findings = verify(store)

    assert any("verfälscht" in finding for finding in findings)


def test_a_busy_neighbour_is_named_rather_than_overlooked(path, key):
    with open_store(path, key) as store, open_store(path, key) as reader:
        settings.put(store, "key", 1)
        reader.connection.execute("BEGIN")
        reader.read("SELECT count(*) FROM client")
        settings.put(store, "key", 2)
        store.connection.execute("PRAGMA busy_timeout = 10")

        assert [finding for finding in verify(store) if "anderes Programm" in finding]
