"""The API described as an OpenAPI document, from the models that its resources take and give."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, current_app, jsonify
from pydantic.json_schema import models_json_schema

from diagnose.version import VERSION
from diagnose.web.access import public
from diagnose.web.api.blueprint import blueprint
from diagnose.web.api.resources import RESOURCES, Resource
from diagnose.web.apierrors import SAID, ErrorReply
from diagnose.web.languages import language
from questionnaires.text import Language, Text

TITLE = Text("工业企业数字化诊断 接口", "Digital diagnosis of industrial firms: API")
GOOD = Text("成功", "Done")
ALWAYS = (401, 403, 429, 500)
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
KINDS = {"int": {"type": "integer"}, "": {"type": "string"}}


@blueprint.get("/openapi.json")
@public
def openapi() -> Response:
    """The document."""
    return jsonify(describe(language()))


def describe(speak: Language) -> dict[str, Any]:
    """The OpenAPI document in one language."""
    models = [
        (model, way)
        for one in RESOURCES
        for model, way in ((one.takes, "validation"), (one.gives, "serialization"))
        if model is not None
    ]
    refs, schemas = models_json_schema(
        [*models, (ErrorReply, "serialization")],  # type: ignore[list-item]  # the two ways
        ref_template="#/components/schemas/{model}",
    )
    paths: dict[str, Any] = {}
    for one in RESOURCES:
        path = blueprint.url_prefix + PARAMETER.sub(r"{\2}", one.path)  # type: ignore[operator]
        paths.setdefault(path, {})[one.method.lower()] = _operation(one, refs, speak)
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE.to(speak), "version": VERSION, "description": _about(speak)},
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _about(speak: Language) -> str:
    most = current_app.config["API_PER_MINUTE"]
    return Text(
        f"每个令牌每分钟最多 {most} 次请求。错误只有一种形式，语言随 Accept-Language。",
        f"At most {most} requests a minute for each token. All errors have one shape; their "
        "language follows Accept-Language.",
    ).to(speak)


def _operation(one: Resource, refs: Any, speak: Language) -> dict[str, Any]:
    said: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.title.to(speak),
        "description": f"`{one.needs.value}`",
        "tags": [one.path.split("/")[1]],
        "parameters": [*_in_path(one), *_in_query(one)],
        "responses": _responses(one, refs, speak),
    }
    if one.takes:
        schema = refs[one.takes, "validation"]
        said["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema}},
        }
    return said


def _in_path(one: Resource) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": KINDS[kind]}
        for kind, name in PARAMETER.findall(one.path)
    ]


def _in_query(one: Resource) -> list[dict[str, Any]]:
    if one.query is None:
        return []
    schema = one.query.model_json_schema()
    return [
        {"name": name, "in": "query", "required": False, "schema": held}
        for name, held in schema["properties"].items()
    ]


def _responses(one: Resource, refs: Any, speak: Language) -> dict[str, Any]:
    content: dict[str, Any] = {
        "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
    }
    if one.gives:
        content = {"application/json": {"schema": refs[one.gives, "serialization"]}}
    found: dict[str, Any] = {str(one.status): {"description": GOOD.to(speak), "content": content}}
    if one.takes:
        found["201"] = found[str(one.status)]
    invalid = (422,) if one.takes or one.query else ()
    wrong = {"application/json": {"schema": refs[ErrorReply, "serialization"]}}
    for code in sorted({*ALWAYS, *one.refuses, *invalid}):
        found[str(code)] = {"description": SAID[code][1].to(speak), "content": wrong}
    return found
