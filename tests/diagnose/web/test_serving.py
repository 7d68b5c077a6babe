import signal
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest

from diagnose.web.serving import serve

PROGRAM = """
from pathlib import Path
from diagnose.settings import Settings
from diagnose.web.serving import serve
serve(port=int({port}), settings=Settings(instance=Path({folder!r})))
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(address, process):
    for _try in range(100):
        assert process.poll() is None, process.communicate()
        try:
            with urlopen(address, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError("did not answer")


def test_serve_migrates_the_database_listens_on_the_loopback_and_stops(tmp_path):
    port = free_port()
    program = PROGRAM.format(port=port, folder=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) as process:
        try:
            status, page = fetch(f"http://127.0.0.1:{port}/", process)
        finally:
            process.send_signal(signal.SIGINT)
        log = process.stderr.read().decode()
    assert status == 200
    assert "数字化诊断" in page
    assert f"http://127.0.0.1:{port}" in log
    assert "only visitors on this machine" in log
    assert process.returncode == 0
    assert (tmp_path / "diagnose.sqlite3").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])
def test_serve_refuses_an_address_that_others_can_reach(settings, host):
    with pytest.raises(ValueError, match="from outside"):
        serve(host, settings=settings)
