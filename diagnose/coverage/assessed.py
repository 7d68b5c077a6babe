"""The assessed figure: a campaign's frozen list, and what became of its firms by a day."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from sqlmodel import Session, col

from diagnose.coverage.arrays import Flags, Ints, number, pairs, places, read
from diagnose.coverage.panel import Panel
from diagnose.coverage.treatment import TREATMENT, Rule
from diagnose.records import Campaign, CampaignFirm
from diagnose.records.roster import Ground, Listing

ROUNDS = 10  # successors of successors, children of children
MOST_LISTS = 8


@dataclass(frozen=True, slots=True)
class FrozenList:
    """A campaign as coverage needs it: days as numbers, its firms as places in a panel.

    `counts` keeps what was counted for a day already: (done, due).
    """

    id: int
    base: int
    begins: int
    due: int
    firm: Ints
    street: Ints
    counts: dict[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessed:
    """What counts of a frozen list on a day; a place a firm of the panel.

    `firms` are those that stand for the list by now (successors and children in place of who
    merged or split), `out` those left out of them, `done` those that count, `inherited` those of
    them that count by a report of a firm merged into them. `listed` is how long the list is.
    """

    listed: int
    firms: Flags
    out: Flags
    done: Flags
    inherited: Flags
    street: Ints

    @property
    def due(self) -> Flags:
        """The denominator."""
        return self.firms & ~self.out

    @property
    def open(self) -> Flags:
        """Those that are still to be diagnosed."""
        return self.due & ~self.done


def frozen_list(session: Session, panel: Panel, campaign: Campaign) -> FrozenList:
    """The list of a campaign, kept in this process while the panel and the list are the same."""
    assert campaign.id is not None
    days = (campaign.base_on, campaign.opens_on, campaign.due_on)
    stamp = (campaign.id, campaign.list_version, campaign.frozen_at, *days)
    with _LOCK:
        held = _HELD.setdefault(panel, OrderedDict())
        if stamp not in held:
            held[stamp] = _read(session, panel, campaign)
        while len(held) > MOST_LISTS:
            held.popitem(last=False)
        return held[stamp]


def assess(panel: Panel, held: FrozenList, day: int) -> Assessed:
    """What counts of a frozen list on a day."""
    last = panel.last_spells(day)
    firm, street = _stand_for(panel, held, last, day)
    firms, streets = np.zeros(panel.firms.size, bool), np.zeros(panel.firms.size, np.int64)
    firms[firm], streets[firm] = True, street
    gone, ground, since = _fate(panel, last, day)
    today = np.full(panel.firms.size, day)
    before = np.where(gone >= 0, since - 1, today)
    counts, own = _counting(panel, held, before)
    accepted = _accepted(panel, day)
    done = firms & counts & (accepted | (gone < 0))
    early = since <= held.due
    out = np.zeros(panel.firms.size, bool)
    for listing, rule in TREATMENT.gone.items():
        out |= _left_out(gone == listing, rule, early, counts)
    for kind, rule in TREATMENT.exempt.items():
        out |= _left_out((gone < 0) & (ground == kind), rule, early, counts)
    out |= (ground == Ground.SECRET) & (TREATMENT.exempt[Ground.SECRET] == Rule.OUT)
    out &= firms
    done &= ~out
    held.counts[day] = int(np.count_nonzero(done)), int(np.count_nonzero(firms & ~out))
    return Assessed(held.firm.size, firms, out, done, done & ~own, streets)


def count(panel: Panel, held: FrozenList, day: int) -> tuple[int, int]:
    """How many of a frozen list are done and due on a day; kept with the list."""
    if day not in held.counts:
        assess(panel, held, day)
    return held.counts[day]


def _read(session: Session, panel: Panel, campaign: Campaign) -> FrozenList:
    columns = (CampaignFirm.firm_id, CampaignFirm.street_id)
    where = (col(CampaignFirm.campaign_id) == campaign.id,)
    firm, street = read(session, *map(number, columns), where=where)
    at = places(firm, panel.firms)
    base, due = campaign.base_on.toordinal(), campaign.due_on.toordinal()
    begins = min(base, campaign.opens_on.toordinal())
    return FrozenList(campaign.id or 0, base, begins, due, at[at >= 0], street[at >= 0])


def _stand_for(panel: Panel, held: FrozenList, last: Ints, day: int) -> tuple[Ints, Ints]:
    """Who stands for the list by a day, and in which street; who is on the list comes last.

    A successor takes the place of a firm that merged, and its street. The children of a split take
    their parent's place; a parent that goes on stays beside them. A firm that is on the list
    itself keeps the street it had there.
    """
    merged, split = panel.merged.by(day), panel.split.by(day)
    firm, street = held.firm, held.street
    if not merged.old.size and not split.old.size:
        return firm, street
    listing = np.where(last >= 0, panel.spells.listing[last], Listing.LISTED)
    own_street = np.where(last >= 0, panel.spells.street[last], 0)
    merged = merged.only(listing[merged.old] == Listing.MERGED)
    since = np.full(firm.size, held.base + 1)
    settled: list[tuple[Ints, Ints]] = []
    for _round in range(ROUNDS):
        old, merger = pairs(firm, merged.old)
        parent, birth = pairs(firm, split.old)
        later = split.day[birth] >= since[parent]
        parent, birth = parent[later], birth[later]
        stays = np.ones(firm.size, bool)
        stays[old] = stays[parent[listing[firm[parent]] == Listing.SPLIT]] = False
        settled.append((firm[stays], street[stays]))
        firm = np.append(merged.new[merger], split.new[birth])
        street = np.append(street[old], own_street[split.new[birth]])
        since = np.append(merged.day[merger], split.day[birth])
        if not firm.size:
            break
    firm, street = (np.concatenate(columns) for columns in zip(*settled, strict=True))
    stands = np.zeros(panel.firms.size, bool)
    stands[firm] = True
    listed = stands[held.firm]
    return np.append(firm, held.firm[listed]), np.append(street, held.street[listed])


def _fate(panel: Panel, last: Ints, day: int) -> tuple[Ints, Ints, Ints]:
    """Why each firm is gone (-1: it is not), its ground of exemption, and since when.

    A firm whose spells end has moved out with the last of them. Most firms are neither gone nor
    exempt, so only the others are looked at.
    """
    spells = panel.spells
    gone, ground, since = (np.full(last.size, value) for value in (-1, int(Ground.NONE), 0))
    odd = np.flatnonzero((last >= 0) & (~spells.plain[last] | (spells.until[last] <= day)))
    spell = last[odd]
    until, listing = spells.until[spell], spells.listing[spell]
    ended = (until <= day) & np.isin(listing, (Listing.LISTED, Listing.MOVED_OUT))
    why = np.where(ended, Listing.MOVED_OUT, np.where(listing == Listing.LISTED, -1, listing))
    when = np.where(why >= 0, spells.listing_since[spell], spells.ground_since[spell])
    when = np.where(ended, until, when)
    if TREATMENT.gone[Listing.BELOW] == Rule.IN:
        below = why == Listing.BELOW
        when = np.where(below, spells.ground_since[spell], when)
        why = np.where(below, -1, why)
    gone[odd], ground[odd], since[odd] = why, spells.ground[spell], when
    return gone, ground, since


def _counting(panel: Panel, held: FrozenList, day: Ints) -> tuple[Flags, Flags]:
    """Whose report counts for the campaign on a day of each firm's own; whose own report does."""
    reports = panel.reports
    on = day[reports.firm]
    begun = reports.counts <= on
    valid = begun & (reports.until > on) & (reports.valid >= on)
    if TREATMENT.keep_expired:
        within = (reports.accepted >= held.begins) & (reports.accepted <= held.due)
        reopened = reports.reopened & (reports.until <= on)
        valid |= begun & within & ~reopened & ~reports.brought
    counts = panel.marked(valid)
    return counts, panel.marked(valid & ~reports.inherited) if panel.merged.old.size else counts


def _accepted(panel: Panel, day: int) -> Flags:
    """Who has a report by a day that was not reopened since."""
    reports = panel.reports
    reopened = reports.reopened & (reports.until <= day)
    return panel.marked((reports.counts <= day) & ~reopened)


def _left_out(firms: Flags, rule: Rule, early: Flags, done: Flags) -> Flags:
    if rule == Rule.OUT_UNLESS_DONE:
        return firms & early & ~done
    return firms if rule == Rule.OUT else np.zeros_like(firms)


_HELD: WeakKeyDictionary[Panel, OrderedDict[tuple[object, ...], FrozenList]] = WeakKeyDictionary()
_LOCK = Lock()
