"""`diagnose init`: the first administrator, and the first officer of a district."""

from __future__ import annotations

import click
from sqlmodel import Session, select

from diagnose.accounts import activation
from diagnose.accounts.door import folded
from diagnose.accounts.stamps import new_stamp
from diagnose.commands.deployment import deployment
from diagnose.commands.options import language, stop
from diagnose.records import Account, AccountEntry, Actor, Kind, connect, note, upgrade
from questionnaires.text import Language, Text

BY = Actor(None, "diagnose init")
WHO = Text("管理员用户名", "Username of the administrator")
TAKEN = Text(
    "用户名“{username}”已被其他账号使用。", 'The username "{username}" belongs to another account.'
)
TOO_SHORT = Text("用户名至少 3 个字符。", "A username has at least 3 characters.")
ISSUED = Text(
    "{username}：请在 30 天内打开下面的地址设置密码，只能用一次：",
    "{username}: open this address within 30 days to choose a password; it works once:",
)
NEXT = Text(
    "接下来：运行 diagnose serve，打开上面的地址。"
    "先由管理员建立服务机构以及主管部门、诊断师、复核专家的账号；再由主管部门导入名录、发放企业激活码并分派诊断。",
    "Next: run diagnose serve and open the address above. The administrator enters providers and "
    "the accounts of officers, consultants and reviewers; the bureau then brings in the roster, "
    "hands out activation codes to firms and assigns the diagnoses.",
)
ADMINISTRATOR = Text("系统管理员", "Administrator")
OFFICER = Text("主管部门", "Bureau")


@click.command(name="init", epilog="Example: diagnose init --username zhou --district 江岸区")
@click.option("--username", help="Username of the administrator; asked for where it is missing.")
@click.option("--district", help="Create the first officer of this district's bureau, too.")
@click.option("--officer", default="bureau", show_default=True, help="Username of that officer.")
@click.option(
    "--url",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Where the service will be reached.",
)
@language
def command(
    username: str | None, district: str | None, officer: str, url: str, language: Language
) -> None:
    """Prepare the database and create the first administrator.

    Prints a link that opens the account once. Run again with the same username, it prints a new
    link: the way back in for an administrator who lost the password.
    """
    settings = deployment()
    username = username or click.prompt(WHO.to(language))
    engine = connect(settings.database_url)
    upgrade(engine)
    with Session(engine) as session:
        wanted = [(Kind.ADMINISTRATOR, username, ADMINISTRATOR, "")]
        if district:
            wanted.append((Kind.OFFICER, officer, OFFICER, district))
        fresh = session.exec(select(Account.id).limit(1)).first() is None
        made = [
            (folded(name), _code(session, kind, folded(name), title.to(language), of, language))
            for kind, name, title, of in wanted
        ]
        session.commit()
    engine.dispose()
    for name, code in made:
        click.echo(ISSUED.format(username=name).to(language))
        click.echo(f"  {url.rstrip('/')}/account/activate?code={code}")
    if fresh:
        click.echo(NEXT.to(language))


def _code(
    session: Session, kind: Kind, username: str, name: str, district: str, speak: Language
) -> str:
    """A code for the account with this username, which is made where there is none."""
    found = session.exec(select(Account).where(Account.username == username)).first()
    if found is not None and (found.kind != kind or not found.active):
        stop(TAKEN.format(username=username), speak)
    if len(username) < 3:  # noqa: PLR2004  # as AccountEntry has it
        stop(TOO_SHORT, speak)
    if found is None:
        given = AccountEntry(kind=kind, username=username, name=name, district=district)
        found = Account.model_validate(given.model_dump() | {"stamp": new_stamp()})
        session.add(found)
        session.flush()
        note(session, BY, "account.open", f"account:{found.id}", kind=kind.value)
    return activation.issue(session, found, BY)
