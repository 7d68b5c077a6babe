"""What is shared along a chain, and how a link stands, in words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from diagnose.benchmarks.chains import Item, LinkState, state_of
from diagnose.records import SupplyLink
from diagnose.web.chains.blueprint import blueprint

ITEMS: Mapping[str, LazyString] = {
    Item.ORDERS: _l("Orders"),
    Item.QUALITY: _l("Quality"),
    Item.STOCK: _l("Stock"),
    Item.CODES: _l("Codes"),
    Item.SCHEDULING: _l("Scheduling"),
    Item.LEVEL: _l("Level"),
}
SHOWS: Mapping[str, LazyString] = {
    Item.ORDERS: _l("how customers, quotations and orders are managed, as answered"),
    Item.QUALITY: _l("how quality is managed, as answered"),
    Item.STOCK: _l("how the store and deliveries are managed, as answered"),
    Item.CODES: _l("whether item codes and other data are kept by rule"),
    Item.SCHEDULING: _l("how work is scheduled, as answered"),
    Item.LEVEL: _l("the digital level of the latest assessment, never points"),
}
STATES: Mapping[str, LazyString] = {
    LinkState.ASKED: _l("asked, no answer yet"),
    LinkState.AGREED: _l("agreed"),
    LinkState.REFUSED: _l("refused"),
    LinkState.WITHDRAWN: _l("withdrawn"),
}


@blueprint.app_template_global("chain_item")
def item_title(item: str) -> str:
    """What an item is called."""
    return str(ITEMS[Item(item)])


@blueprint.app_template_global("link_state")
def link_state(link: SupplyLink) -> str:
    """How a link stands."""
    return str(STATES[state_of(link)])
