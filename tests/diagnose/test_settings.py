import stat

import pytest
from pydantic import ValidationError

from diagnose.settings import Settings


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch, tmp_path):
    for name in ("INSTANCE", "DATABASE_URL", "SECRET_KEY", "LOCALE"):
        monkeypatch.delenv(f"DIAGNOSE_{name}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default_under_the_instance_folder(tmp_path):
    settings = Settings()
    assert settings.instance == tmp_path / "instance"
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/diagnose.sqlite3"
    assert settings.locale == "zh"


def test_the_environment_goes_before_the_file(tmp_path, monkeypatch):
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "settings.toml").write_text(
        'database_url = "sqlite:///from-file"\nlocale = "en"\n'
    )
    monkeypatch.setenv("DIAGNOSE_DATABASE_URL", "sqlite:///from-environment")
    assert Settings().database_url == "sqlite:///from-environment"
    assert Settings().locale == "en"


def test_the_environment_moves_the_instance_folder(tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "settings.toml").write_text('locale = "en"\n')
    monkeypatch.setenv("DIAGNOSE_INSTANCE", str(elsewhere))
    assert Settings().locale == "en"


def test_a_misspelt_setting_is_refused(tmp_path):
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "settings.toml").write_text('databse_url = "sqlite://"\n')
    with pytest.raises(ValidationError, match="databse_url"):
        Settings()


def test_the_secret_is_made_once_and_kept_from_others(tmp_path):
    first = Settings().ready().secret_key.get_secret_value()
    kept = tmp_path / "instance" / "secret_key"
    assert len(first) >= 48
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert Settings().ready().secret_key.get_secret_value() == first
