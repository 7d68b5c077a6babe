"""What the API offers: each resource says what it takes and gives, and is documented by that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response, request, url_for
from pydantic import BaseModel, ValidationError
from sqlmodel.sql.expression import Select

from diagnose.access import Capability
from diagnose.web.api.blueprint import blueprint
from diagnose.web.api.shapes import PageQuery
from diagnose.web.apierrors import SAID, ApiTrouble
from diagnose.web.database import records
from diagnose.web.paging import Paged, paged
from questionnaires.text import Text

WRONG: dict[str, Text] = {
    "missing": Text("缺少这一项。", "This is missing."),
    "extra_forbidden": Text("没有这一项。", "There is no such item."),
    "json_invalid": Text("不是有效的 JSON。", "This is not valid JSON."),
    "string_type": Text("应为文字。", "Give a text."),
    "string_too_short": Text("不能为空或过短。", "This is empty or too short."),
    "string_too_long": Text("文字过长。", "This text is too long."),
    "string_pattern_mismatch": Text("格式不对。", "This has the wrong form."),
    "int_type": Text("应为整数。", "Give a whole number."),
    "int_parsing": Text("应为整数。", "Give a whole number."),
    "float_type": Text("应为数字。", "Give a number."),
    "bool_type": Text("应为 true 或 false。", "Give true or false."),
    "bool_parsing": Text("应为 true 或 false。", "Give true or false."),
    "dict_type": Text("应为对象。", "Give an object."),
    "greater_than_equal": Text("数值过小。", "This number is too small."),
    "less_than_equal": Text("数值过大。", "This number is too large."),
    "date_from_datetime_parsing": Text(
        "日期写成 2026-11-30 这样。", "Write a day like 2026-11-30."
    ),
}


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing the API offers. `gives` None is a file; `refuses` lists its own status codes."""

    name: str
    method: str
    path: str
    title: Text
    needs: Capability
    query: type[BaseModel] | None
    takes: type[BaseModel] | None
    gives: type[BaseModel] | None
    status: int
    refuses: tuple[int, ...]


RESOURCES: list[Resource] = []

View = Callable[..., Any]


def resource(
    at: str,
    needs: Capability,
    title: Text,
    *,
    query: type[BaseModel] | None = None,
    takes: type[BaseModel] | None = None,
    gives: type[BaseModel] | None = None,
    status: int = 200,
    refuses: tuple[int, ...] = (),
) -> Callable[[View], View]:
    """Offer a view at a method and path; it is given `query` and `body`, checked.

    To answer with another status than `status`, it returns a pair with that.
    """
    method, path = at.split(" ")

    def offer(view: View) -> View:
        @wraps(view)
        def answer(**address: Any) -> Response:
            given = dict(address)
            if query:
                given["query"] = _read(query.model_validate, request.args.to_dict(), "query")
            if takes:
                given["body"] = _read_body(takes)
            found = view(**given)
            if isinstance(found, Response):
                return found
            reply, code = found if isinstance(found, tuple) else (found, status)
            return Response(reply.model_dump_json(), code, mimetype="application/json")

        answer.needs = needs  # type: ignore[attr-defined]  # read by the guard
        blueprint.add_url_rule(path, view.__name__, answer, methods=[method])
        RESOURCES.append(
            Resource(
                view.__name__, method, path, title, needs, query, takes, gives, status, refuses
            )
        )
        return answer

    return offer


def page_of(
    query: PageQuery, found: Select[*tuple[Any, ...]], row: Callable[[Any], BaseModel]
) -> dict[str, Any]:
    """One page of a list, with the way to the next."""
    part = paged(records(), found, query.page, query.size)
    return {
        "items": [row(one) for one in part.rows],
        "count": part.count,
        "page": part.number,
        "pages": part.pages,
        "next": _next(query, part),
    }


def _next(query: PageQuery, part: Paged) -> str | None:
    if part.number >= part.pages:
        return None
    asked = query.model_dump(mode="json", exclude_defaults=True) | {"page": part.number + 1}
    return url_for(request.endpoint or "", **(request.view_args or {}), **asked)


def _read_body(model: type[BaseModel]) -> BaseModel:
    if not request.is_json:
        raise ApiTrouble(415, *SAID[415])
    return _read(model.model_validate_json, request.get_data(), "body")


def _read(check: Callable[[Any], BaseModel], given: Any, place: str) -> BaseModel:
    try:
        return check(given)
    except ValidationError as error:
        details = [
            (
                ".".join(map(str, (place, *one["loc"]))),
                WRONG.get(one["type"], Text("这个值不对。", one["msg"])),
            )
            for one in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        raise ApiTrouble(422, *SAID[422], details) from None
