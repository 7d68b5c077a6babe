import os
import threading
import uuid
from contextlib import suppress
from datetime import date
from io import BytesIO

import pytest

from diagnose.storage import Store


@pytest.fixture(params=["folder", "file-url", "memory"])
def store(request, tmp_path):
    urls = {
        "folder": str(tmp_path / "kept"),
        "file-url": f"file://{tmp_path}/kept",
        "memory": f"memory://{uuid.uuid4()}",
    }
    return Store(urls[request.param])


def test_what_is_put_comes_back(store):
    store.put("reports/ZD2026-000001/1/zh.pdf", b"one")
    store.put("a", BytesIO(b"two"))
    assert store.get("reports/ZD2026-000001/1/zh.pdf") == b"one"
    with store.open("a") as file:
        assert file.read() == b"two"


def test_a_key_is_written_once(store):
    store.put("a/b", b"one")
    with pytest.raises(FileExistsError):
        store.put("a/b", b"two")
    assert store.get("a/b") == b"one"


def test_what_is_removed_is_gone(store):
    store.put("a/b", b"one")
    store.remove("a/b")
    store.remove("a/b")
    with pytest.raises(FileNotFoundError):
        store.get("a/b")
    with pytest.raises(FileNotFoundError):
        store.open("a/b")


def test_old_days_are_cleared_and_others_stay(store):
    assert store.clear("offline", date(2026, 11, 22)) == 0
    for day in ("2026-11-14", "2026-11-21", "2026-11-22"):
        store.put(f"offline/{day}/a.json", b"{}")
    assert store.clear("offline", date(2026, 11, 22)) == 2
    assert store.get("offline/2026-11-22/a.json") == b"{}"
    with pytest.raises(FileNotFoundError):
        store.get("offline/2026-11-21/a.json")


@pytest.mark.parametrize(
    "key",
    [
        *("", "/", "/etc/passwd", "..", "../a", "a/../../b", "a/..", "a//b", "a/", "./a", "a/./b"),
        *(
            "a\\..\\b",
            "..\\a",
            "C:\\a",
            "a\x00b",
            "~/a",
            ".hidden",
            "a/.b",
            "a b",
            "a\n",
            "%2e%2e/a",
        ),
        *("file:///etc/passwd", "s3://a/b", "a?b", "a#b", "a*"),
    ],
)
def test_no_key_leads_elsewhere(store, key):
    for act in (store.get, store.open, store.remove, lambda k: store.put(k, b"x")):
        with pytest.raises(ValueError, match="not a key"):
            act(key)


class Failing(BytesIO):
    def read(self, *_):
        raise OSError("the upload broke off")


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    store = Store(str(tmp_path))
    with pytest.raises(OSError, match="broke off"):
        store.put("a/b", Failing())
    assert not [name for _, _, names in os.walk(tmp_path) for name in names]


def test_two_writers_of_one_key_leave_one_whole_file(tmp_path):
    store = Store(str(tmp_path))
    contents = [bytes([number]) * 3_000_000 for number in range(4)]

    def put(content):
        with suppress(FileExistsError):
            store.put("a/b", content)

    threads = [threading.Thread(target=put, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get("a/b") in contents
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
