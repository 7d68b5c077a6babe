"""The store of files outside the web root: a folder of this deployment, or any fsspec URL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import fsspec


@dataclass(frozen=True, slots=True)
class Store:
    """Files by key (“reports/ZD2026-000001/1/zh.pdf”) below `url`; a key is written once."""

    url: str

    def put(self, key: str, content: bytes) -> None:
        """Keep `content`; it appears whole or not at all."""
        system, path = self._place(key)
        system.makedirs(system._parent(path), exist_ok=True)  # noqa: SLF001  # fsspec's own way
        with system.transaction, system.open(path, "wb") as file:
            file.write(content)

    def get(self, key: str) -> bytes:
        """The content of a key; raises `FileNotFoundError`."""
        system, path = self._place(key)
        content: bytes = system.cat_file(path)
        return content

    def remove(self, key: str) -> None:
        """Delete a key, if it is there."""
        system, path = self._place(key)
        if system.exists(path):
            system.rm_file(path)

    def _place(self, key: str) -> tuple[Any, str]:
        if not key or key.startswith("/") or ".." in key.split("/"):
            raise ValueError(f"not a key: {key!r}")
        system, root = fsspec.core.url_to_fs(self.url)
        return system, f"{root.rstrip('/')}/{key}"
