"""What is missing or wrong in a deployment, each point looked at by itself."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from diagnose.records import Job, Stand, connect
from diagnose.records.chain import check_chain
from diagnose.records.columns import now
from diagnose.records.migrating import is_current
from diagnose.settings import Settings
from diagnose.storage import Store
from questionnaires.text import Text
from reports.lettering.faces import FONTS

SHORTEST_SECRET = 32
LEAST_ROOM = 1 << 30
LONGEST_WAIT = timedelta(minutes=10)
WEIGHTS = ("Regular", "Bold")
OTHERS = stat.S_IRWXG | stat.S_IRWXO

TITLES = {
    "database": Text("数据库可以连接", "The database answers"),
    "current": Text("数据库版本是最新的", "The database is up to date"),
    "integrity": Text("数据库文件完整", "The database file is sound"),
    "references": Text("数据库内引用有效", "References in the database hold"),
    "log": Text("审计日志完整", "The audit log is whole"),
    "worker": Text("后台任务有进程处理", "The worker takes jobs"),
    "store": Text("文件库可以读写", "The store takes and gives files"),
    "secret": Text("密钥安全", "The secret is one"),
    "fonts": Text("报告字体齐全", "The fonts of the reports are there"),
    "room": Text("磁盘空间足够", "There is room on the disk"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One point looked at; `trouble` says what is wrong and what to do, None where all is well."""

    name: str
    trouble: Text | None


class Unwell(Exception):  # names what was found
    """A point is not as it should be."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.trouble = Text(zh, en)


def examine(settings: Settings) -> Iterator[Point]:
    """Look at every point; at what is in the database only where it can be read."""
    reached = _look("database", partial(_reach, settings))
    yield reached
    if reached.trouble is None:
        yield from _examine_database(connect(settings.database_url))
    yield _look("store", partial(_use_store, settings))
    yield _look("secret", partial(_judge_secret, settings))
    yield _look("fonts", _find_fonts)
    yield _look("room", partial(_measure_room, settings))


def _examine_database(engine: Engine) -> Iterator[Point]:
    try:
        current = _look("current", partial(_compare_version, engine))
        yield current
        if engine.dialect.name == "sqlite":
            yield _look("integrity", partial(_check_file, engine))
            yield _look("references", partial(_check_references, engine))
        if current.trouble is None:
            yield _look("log", partial(_check_log, engine))
            yield _look("worker", partial(_check_worker, engine))
    finally:
        engine.dispose()


def _look(name: str, check: Callable[[], None]) -> Point:
    try:
        check()
    except Unwell as unwell:
        return Point(name, unwell.trouble)
    except Exception as error:  # noqa: BLE001  # whatever goes wrong is this point's trouble
        said = (str(error).splitlines() or [type(error).__name__])[0]
        return Point(name, Text(said, said))
    return Point(name, None)


def _reach(settings: Settings) -> None:
    engine = connect(settings.database_url)
    path = engine.url.database or ""
    if engine.dialect.name == "sqlite" and not Path(path).is_file():
        raise Unwell(
            f"没有数据库文件 {path}。请运行 diagnose init。",
            f"There is no database file {path}. Run: diagnose init",
        )
    with engine.connect():
        engine.dispose()


def _compare_version(engine: Engine) -> None:
    if not is_current(engine):
        raise Unwell(
            "数据库还没有升级。请运行 diagnose upgrade。",
            "The database is not up to date. Run: diagnose upgrade",
        )


def _check_file(engine: Engine) -> None:
    with engine.connect() as connection:
        said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if said != "ok":
        raise Unwell(
            f"数据库文件损坏：{said}。请停止服务，用备份恢复。",
            f"The database file is damaged: {said}. Stop the service and restore a backup.",
        )


def _check_references(engine: Engine) -> None:
    with engine.connect() as connection:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise Unwell(
            f"表 {broken[0]} 第 {broken[1]} 行引用的 {broken[2]} 记录不存在。",
            f"Row {broken[1]} of {broken[0]} refers to a missing row of {broken[2]}.",
        )


def _check_log(engine: Engine) -> None:
    with Session(engine) as session:
        chain = check_chain(session)
    if not chain.whole:
        raise Unwell(
            f"审计日志从第 {chain.broken_at} 条起不完整。请保留数据库原样并与备份比对。",
            f"The audit log is broken from row {chain.broken_at} on. Keep the database as it is "
            "and compare it with a backup.",
        )


def _check_worker(engine: Engine) -> None:
    late = select(func.count()).where(
        Job.stand == Stand.WAITING, col(Job.created_at) < now() - LONGEST_WAIT
    )
    with Session(engine) as session:
        waiting = session.exec(late).one()
    if waiting:
        raise Unwell(
            f"有 {waiting} 项后台任务等了十分钟以上。请检查 diagnose serve 是否在运行。",
            f"{waiting} jobs have waited for over ten minutes. Is diagnose serve running?",
        )


def _use_store(settings: Settings) -> None:
    store, key, content = Store(settings.reports_url), f"doctor/{token_hex(8)}", token_hex(8)
    store.put(key, content.encode())
    kept = store.get(key).decode()
    store.remove(key)
    if kept != content:
        raise Unwell(
            "文件库返回的内容与写入的不同。",
            "The store gave back something else than it was given.",
        )


def _judge_secret(settings: Settings) -> None:
    secret = settings.secret_key.get_secret_value()
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < SHORTEST_SECRET // 4:
        raise Unwell(
            f"密钥太短或太简单，应为至少 {SHORTEST_SECRET} 个随机字符。",
            f"The secret is too short or too plain; use {SHORTEST_SECRET} random characters.",
        )
    path = settings.instance / "secret_key"
    if path.is_file() and path.stat().st_mode & OTHERS:
        raise Unwell(
            f"其他用户可以读取 {path}。请运行 chmod 600。",
            f"Others may read {path}. Run chmod 600 on it.",
        )


def _find_fonts() -> None:
    for weight in WEIGHTS:
        if not (FONTS / f"NotoSansSC-{weight}.ttf").is_file():
            raise Unwell(
                f"缺少字体 NotoSansSC-{weight}.ttf，请重新安装。",
                f"The font NotoSansSC-{weight}.ttf is missing; install diagnose anew.",
            )


def _measure_room(settings: Settings) -> None:
    free = shutil.disk_usage(settings.instance).free
    if free < LEAST_ROOM:
        megabytes = free >> 20
        raise Unwell(
            f"{settings.instance} 所在磁盘只剩 {megabytes} MB。",
            f"Only {megabytes} MB are left on the disk of {settings.instance}.",
        )
