"""Peer groups as a JSON file: what one bureau fits, another may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from models.peers.features import BANDS, Space
from models.peers.mixture import Mixture
from models.peers.results import Group
from questionnaires.text import Text

FORMAT = "diagnose-groups/1"
OTHER_FEATURES = Text(
    "分组所用的特征与本标准不同，不能用于这些企业。",
    "The groups rest on other features than this standard's; they do not fit these firms.",
)
NOT_GROUPS = Text("不是可用的分组文件：{problem}", "Not a usable file of groups: {problem}")

Finite = Annotated[float, Field(allow_inf_nan=False)]
Vector = list[Finite]
Matrix = list[Vector]


class GroupsInvalid(ValueError):
    """A file of groups that cannot be used; `message` says why in both languages."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Text(_Strict):
    zh: str
    en: str

    def text(self) -> Text:
        return Text(self.zh, self.en)


class _Group(_Strict):
    id: str
    name: _Text
    size: int = Field(ge=0)
    profile: dict[str, Finite]
    strong: list[str]
    weak: list[str]


class _Model(_Strict):
    center: Vector
    scale: list[Annotated[Finite, Field(gt=0)]]
    knots: Vector
    normal: Vector
    usual: Matrix
    spread: list[Annotated[Finite, Field(gt=0)]]
    weights: list[Annotated[Finite, Field(gt=0, le=1)]]
    means: Matrix
    covariance: Matrix


class _File(_Strict):
    format: Literal["diagnose-groups/1"]
    found: bool
    why: _Text
    features: list[str]
    groups: list[_Group]
    criteria: dict[str, Any]
    model: _Model | None

    @model_validator(mode="after")
    def _fits_together(self) -> _File:
        if self.found != (self.model is not None) or self.found != (len(self.groups) > 1):
            raise ValueError("'found' contradicts the groups")
        if self.model:
            _check_shapes(self.model, len(self.features), len(self.groups))
        return self


def _check_shapes(model: _Model, features: int, groups: int) -> None:
    expected = {
        "center": (features,),
        "scale": (features,),
        "normal": (len(model.knots),),
        "usual": (4, features),
        "spread": (BANDS,),
        "weights": (groups,),
        "means": (groups, 1 + features),
        "covariance": (1 + features, 1 + features),
    }
    for name, shape in expected.items():
        if _shape(getattr(model, name)) != shape:
            raise ValueError(f"'{name}' should have the shape {shape}")
    if np.any(np.diff(model.knots) <= 0) or np.any(np.diff(model.normal) <= 0):
        raise ValueError("'knots' and 'normal' must ascend")
    covariance = np.array(model.covariance)
    if not np.allclose(covariance, covariance.T) or np.linalg.eigvalsh(covariance)[0] <= 0:
        raise ValueError("'covariance' must be symmetric and positive definite")
    if not np.isclose(sum(model.weights), 1):
        raise ValueError("'weights' must add up to 1")


def _shape(value: Any) -> tuple[int, ...]:
    try:
        return np.array(value, dtype=float).shape
    except ValueError:
        return ()


def write(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a `Grouping` as plain JSON values."""
    model = None
    if fields["found"]:
        arrays = vars(fields["space"]) | vars(fields["mixture"])
        model = {name: array.tolist() for name, array in arrays.items()}
    return {
        "format": FORMAT,
        "found": fields["found"],
        "why": _both(fields["why"]),
        "features": list(fields["feature_ids"]),
        "groups": [_group(group) for group in fields["groups"]],
        "criteria": fields["criteria"],
        "model": model,
    }


def read(content: Any) -> dict[str, Any]:
    """The fields of a `Grouping` from plain JSON values; raises `GroupsInvalid`."""
    try:
        file = _File.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        problem = f"{where}: {first['msg']}" if where else first["msg"]
        raise GroupsInvalid(NOT_GROUPS.format(problem=problem)) from error
    return {
        "found": file.found,
        "why": file.why.text(),
        "feature_ids": tuple(file.features),
        "groups": tuple(_read_group(group) for group in file.groups),
        "criteria": file.criteria,
        "space": file.model and Space(**_arrays(file.model, Space)),
        "mixture": file.model and Mixture(**_arrays(file.model, Mixture)),
    }


def _arrays(model: _Model, kind: type[Space | Mixture]) -> dict[str, Any]:
    return {name: np.array(getattr(model, name)) for name in kind.__dataclass_fields__}


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "name": _both(group.name),
        "size": group.size,
        "profile": dict(group.profile),
        "strong": list(group.strong),
        "weak": list(group.weak),
    }


def _read_group(group: _Group) -> Group:
    marks = (tuple(group.strong), tuple(group.weak))
    return Group(group.id, group.name.text(), group.size, dict(group.profile), *marks)
