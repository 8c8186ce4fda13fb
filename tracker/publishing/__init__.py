"""Editions: the only place that stamps rows or changes their stage."""

from tracker.publishing.gate import GateRefused
from tracker.publishing.publish import publish
from tracker.publishing.withdraw import withdraw

__all__ = ["GateRefused", "publish", "withdraw"]
