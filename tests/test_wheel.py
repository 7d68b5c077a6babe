"""The wheel holds everything and works outside the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from diagnose.fictional import district
from questionnaires.writers import write_sheets

ROOT = Path(__file__).parents[1]
DATA = {".yaml", ".csv", ".ttf", ".html", ".css", ".js", ".mo", ".mako", ".svg"}
LICENCES = ("LICENSE", "NOTICE")
PACKAGES = ("questionnaires", "models", "reports", "diagnose")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    command = [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, _copy(folder)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def _copy(folder: Path) -> Path:
    """What git knows of the checkout, so that building leaves nothing behind in it."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    source = folder / "source"
    for name in filter(None, tracked):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "docs/")):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    return source


def test_every_data_file_is_inside(unpacked):
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*"):
            if path.suffix in DATA or path.name.startswith(LICENCES):
                assert (unpacked / path.relative_to(ROOT)).is_file(), path


def test_the_main_job_runs_from_the_wheel_alone(unpacked, tmp_path):
    sheets = tmp_path / "sheets.jsonl"
    write_sheets(district(3, seed=5).sheets, sheets)
    script = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r})\n"
        "import diagnose, reports, models, questionnaires\n"
        f"assert all(m.__file__.startswith({str(unpacked)!r})"
        " for m in (diagnose, reports, models, questionnaires))\n"
        "from diagnose.cli import main\nmain(sys.argv[1:])"
    )
    command = [sys.executable, "-I", "-c", script, "run", sheets, "--out", tmp_path / "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out" / "reports").glob("*.pdf"))) == 3
