"""Peer groups, standing among peers, and answer quality."""

from models.peers.exchange import GroupsInvalid
from models.peers.fitting import PeerGroups
from models.peers.grouping import LEVEL, SHARE, Grouping
from models.peers.neighbours import nearest
from models.peers.quality import flag_quality
from models.peers.results import Group, Membership, Quality, Reason, Standing
from models.peers.standing import CIRCLES, rank

__all__ = [
    "CIRCLES",
    "LEVEL",
    "SHARE",
    "Group",
    "Grouping",
    "GroupsInvalid",
    "Membership",
    "PeerGroups",
    "Quality",
    "Reason",
    "Standing",
    "flag_quality",
    "nearest",
    "rank",
]
