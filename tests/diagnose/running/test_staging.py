"""Results move in whole, one run at a time, and what stops half-way leaves no trace."""

import os
import signal

import pytest

from diagnose.running.folder_lock import FolderBusy
from diagnose.running.rendering import FEW, Shelf, Unfinished
from diagnose.running.staging import staged
from diagnose.running.stopping import Stopped, stoppable


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def deliver(out, word, names=("a", "reports")):
    with staged(out, names) as folder:
        (folder / "a").write_text(word)
        (folder / "reports").mkdir()
        (folder / "reports" / word).write_text(word)


def test_the_newer_results_replace_the_older_and_spare_the_rest(tmp_path):
    deliver(tmp_path, "old")
    (tmp_path / "notes").write_text("mine")
    deliver(tmp_path, "new")
    assert contents(tmp_path) == {"a": "new", "reports/new": "new", "notes": "mine"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_what_stops_half_way_leaves_no_folder_that_was_not_there(tmp_path, error):
    out = tmp_path / "one" / "two"
    with pytest.raises((KeyboardInterrupt, OSError)), staged(out) as folder:
        raise error(str((folder / "a").write_text("half")))
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_all_move_in_moves_out_again(tmp_path):
    deliver(tmp_path, "old")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d").write_text("nowhere to go")
    before = contents(tmp_path)
    with pytest.raises(FileNotFoundError):
        deliver(tmp_path, "new", ("a", "reports", "c/d"))
    assert contents(tmp_path) == before


def test_only_one_run_at_a_time_writes_into_a_folder(tmp_path):
    with staged(tmp_path), pytest.raises(FolderBusy), staged(tmp_path):
        pass
    deliver(tmp_path, "later")
    assert contents(tmp_path)["a"] == "later"


def test_what_a_killed_run_left_is_cleared_by_the_next(tmp_path):
    (tmp_path / ".writing-dead" / "reports").mkdir(parents=True)
    deliver(tmp_path, "new")
    assert {path.name for path in tmp_path.iterdir()} == {"a", "reports"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_raise_and_are_given_back(number):
    before = signal.getsignal(number)
    with pytest.raises(Stopped) as stopped, stoppable():
        os.kill(os.getpid(), number)
    assert stopped.value.code == 128 + number
    assert signal.getsignal(number) is before


def test_a_signal_that_is_ignored_stays_so():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stoppable():
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


class Doomed(Shelf):
    def _write(self, _dossier):
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_the_system_kills_is_told_of(tmp_path):
    with pytest.raises(Unfinished, match="memory"):
        Doomed(tmp_path / "reports", "en", FEW + 1).fill(range(FEW + 1), print)
