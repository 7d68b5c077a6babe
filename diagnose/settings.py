"""Settings of one deployment: environment (`DIAGNOSE_…`), then `instance/settings.toml`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Settings(BaseSettings):
    """What a deployment may set. `instance` is the folder that it owns.

    `https`: pages are reached by it alone. `proxies`: how many of our own stand in front and say
    whose request it is. `limits_url`: where tries of an address are counted, as `limits` names it.
    `api_per_minute`: how often a token may be used. `firm_files_mb`: how much the files of one
    firm may take in all. `log_addresses`: whether the log names the addresses of visitors.
    """

    model_config = SettingsConfigDict(env_prefix="DIAGNOSE_", extra="forbid")

    instance: Path = Path("instance")
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    reports_url: str = ""
    queue_url: str = ""
    require_second_factor: bool = False
    https: bool = False
    proxies: int = Field(default=0, ge=0, le=9)
    limit_requests: bool = True
    limits_url: str = "memory://"
    api_per_minute: int = Field(default=120, ge=1)
    firm_files_mb: int = Field(default=500, ge=20)
    log_format: Literal["text", "json"] = "text"
    log_addresses: bool = False
    locale: Literal["zh", "en"] = "zh"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # pydantic-settings passes it
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # as above
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the caller says goes first, then the environment, then the file."""
        chosen = init_settings().get("instance") or env_settings().get("instance") or "instance"
        file = TomlConfigSettingsSource(settings_cls, Path(chosen) / "settings.toml")
        return init_settings, env_settings, file

    def model_post_init(self, _context: object) -> None:
        """Make the instance folder absolute and fill what follows from it."""
        self.instance = self.instance.absolute()
        if not self.database_url:
            self.database_url = f"sqlite:///{self.instance / 'diagnose.sqlite3'}"
        if not self.reports_url:
            self.reports_url = str(self.instance / "store")
        if not self.queue_url:
            self.queue_url = f"sqlite:///{self.instance / 'queue.sqlite3'}"

    def ready(self) -> Settings:
        """Make the instance folder, and on first start the secret key kept in it."""
        self.instance.mkdir(parents=True, exist_ok=True)
        if not self.secret_key.get_secret_value():
            self.secret_key = SecretStr(_kept_secret(self.instance / "secret_key"))
        return self


def _kept_secret(path: Path) -> str:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    secret = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as file:
        file.write(secret + "\n")
    return secret
