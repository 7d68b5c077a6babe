"""Peer groups, standing among peers, and answer quality."""
