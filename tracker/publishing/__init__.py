"""Editions: the only place that stamps rows or changes their stage."""

from tracker.publishing.gate import GateRefused
from tracker.publishing.publish import publish
from tracker.publishing.redact import redact
from tracker.publishing.suspend import ratify, reverse, suspend
from tracker.publishing.withdraw import withdraw

__all__ = ["GateRefused", "publish", "ratify", "redact", "reverse", "suspend", "withdraw"]
