"""The search over everything that is public: what is found, where its words stand, and what is spelt nearly like them.

marks ← groups, pages, near; views call `found` and `near`.
"""

from tracker.searching.groups import Found, Group, found, kinds
from tracker.searching.near import near

__all__ = ["Found", "Group", "found", "kinds", "near"]
