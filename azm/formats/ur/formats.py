"""As in English: the names of the months are translated, the order is the same."""

from azm.formats.en.formats import *  # noqa: F403
