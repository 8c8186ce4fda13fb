"""Network addresses: whose request it is, and to which networks an address belongs."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

# One who asks holds a whole /64 of IPv6; whoever rents networks holds a /48, or neighbours in a /24.
OWN, NEIGHBOURHOOD = {4: 32, 6: 64}, {4: 24, 6: 48}
WITH_PORT = re.compile(r"\[(?P<six>[^\]]*)\](:\d+)?|(?P<four>[\d.]+):\d+")


def client_address(request: HttpRequest) -> str:
    """Who is asking. Only the last entry of X-Forwarded-For was written by our own proxy."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.AZM_BEHIND_PROXY and forwarded:
        return str(forwarded).rpartition(",")[2].strip()
    return str(request.META["REMOTE_ADDR"])


def networks(address: str) -> tuple[str, str]:
    """The network that one user holds, and the wider one around it; all that is no address is one network."""
    if port := WITH_PORT.fullmatch(address):
        address = port["six"] or port["four"] or ""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ("unknown", "unknown")
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    own, around = (
        ipaddress.ip_network((found.packed, lengths[found.version]), strict=False) for lengths in (OWN, NEIGHBOURHOOD)
    )
    return (str(own), str(around))
