"""What the API says when something goes wrong: one shape for all, in the caller's language."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import Response
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException

from diagnose.web.languages import told
from diagnose.web.tracing import request_id
from questionnaires.text import Text


class Detail(BaseModel):
    """One thing that is wrong: `where` it stands in what was sent, and why."""

    where: str
    message: str


class Problem(BaseModel):
    """What is wrong: a `code` for programs, a `message` for people."""

    code: str
    message: str
    details: list[Detail] = []
    request: str


class ErrorReply(BaseModel):
    """What every error of the API looks like."""

    error: Problem


class ApiTrouble(HTTPException):  # names what the caller meets
    """An error with a code of its own; `details` are places and what is wrong there."""

    def __init__(
        self, status: int, name: str, message: Text, details: Sequence[tuple[str, Text]] = ()
    ) -> None:
        super().__init__(message.en)
        self.code, self.told, self.details = status, (name, message), details


SAID: dict[int, tuple[str, Text]] = {
    400: ("bad_request", Text("请求无法理解。", "The request cannot be understood.")),
    401: (
        "unauthorized",
        Text(
            "缺少有效的令牌。请在请求头写 Authorization: Bearer …，令牌在“接口令牌”页生成。",
            "No valid token. Send the header Authorization: Bearer …; tokens are made on the page "
            "“API tokens”.",
        ),
    ),
    403: (
        "forbidden",
        Text("这个令牌没有做此事的权限。", "This token is not good for that."),
    ),
    404: ("not_found", Text("没有这项内容。", "There is no such thing.")),
    405: (
        "method_not_allowed",
        Text("这个地址不支持此方法。", "This address does not know that method."),
    ),
    409: (
        "conflict",
        Text("内容已被他人修改，请先重新读取。", "It was changed meanwhile; read it anew."),
    ),
    413: ("too_large", Text("内容太大，一次最多 1 MB。", "Too much at once; send at most 1 MB.")),
    415: ("not_json", Text("请以 application/json 发送。", "Send it as application/json.")),
    422: ("invalid", Text("内容有误，详见 details。", "Something is wrong; see the details.")),
    429: ("too_many", Text("请求过于频繁，请稍后再试。", "Too many requests; try again later.")),
    500: (
        "internal",
        Text(
            "服务内部出错，请把 request 编号告诉管理员。",
            "An error on our side; tell whoever runs the service the number in “request”.",
        ),
    ),
    503: ("unavailable", Text("数据库暂时不可用。", "The database cannot be reached at present.")),
}


def as_json(error: HTTPException) -> Response:
    """An error as the API tells it."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    code, message = SAID.get(status, SAID[500])
    details: Sequence[tuple[str, Text]] = ()
    if isinstance(error, ApiTrouble):
        (code, message), details = error.told, error.details
    problem = Problem(
        code=code,
        message=told(message),
        details=[Detail(where=where, message=told(why)) for where, why in details],
        request=request_id(),
    )
    reply = Response(
        ErrorReply(error=problem).model_dump_json(), status, mimetype="application/json"
    )
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            reply.headers[name] = value
    if status == HTTPStatus.UNAUTHORIZED:
        reply.headers["WWW-Authenticate"] = "Bearer"
    return reply
