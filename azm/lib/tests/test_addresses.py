"""To which networks an address belongs, however it is written."""

from django.test import RequestFactory, SimpleTestCase, override_settings
from hypothesis import given
from hypothesis import strategies as st

from azm.lib.addresses import client_address, networks

UNKNOWN = ("unknown", "unknown")


class TestNetworks(SimpleTestCase):
    def test_of_ipv4_are_the_address_and_its_neighbours(self) -> None:
        assert networks("203.0.113.77") == ("203.0.113.77/32", "203.0.113.0/24")

    def test_of_ipv6_are_the_64_and_the_48(self) -> None:
        assert networks("2001:db8:1:2:3:4:5:6") == ("2001:db8:1:2::/64", "2001:db8:1::/48")
        assert networks("2001:db8:1:2::9") == networks("2001:DB8:1:2:ffff:0:0:1")

    def test_of_ipv4_within_ipv6_are_those_of_ipv4(self) -> None:
        assert networks("::ffff:203.0.113.77") == networks("203.0.113.77")

    def test_do_not_depend_on_a_port_that_a_proxy_adds(self) -> None:
        assert networks("203.0.113.77:5123") == networks("203.0.113.77")
        assert networks("[2001:db8:1:2::9]:443") == networks("[2001:db8:1:2::9]") == networks("2001:db8:1:2::9")

    def test_of_an_interface_are_found(self) -> None:
        assert networks("fe80::1%eth0") == ("fe80::/64", "fe80::/48")

    def test_of_what_is_no_address_are_one_network_for_all(self) -> None:
        for text in ("", "unknown", "203.0.113", "203.0.113.256", "[", "[]:1", "::1::", "a b", "\0", "٢٠٣.0.113.7"):
            with self.subTest(text):
                assert networks(text) == UNKNOWN

    @given(st.text(max_size=60))
    def test_are_found_for_any_text(self, text: str) -> None:
        assert len(networks(text)) == 2

    @given(st.ip_addresses())
    def test_are_found_for_any_address(self, address: object) -> None:
        own, around = networks(str(address))
        assert own != "unknown"
        assert int(own.rpartition("/")[2]) > int(around.rpartition("/")[2])


class TestClientAddress(SimpleTestCase):
    def test_is_what_the_last_proxy_wrote_and_only_behind_one(self) -> None:
        request = RequestFactory().get("/", headers={"x-forwarded-for": "198.51.100.1, 203.0.113.5"})
        assert client_address(request) == "127.0.0.1"
        with override_settings(AZM_BEHIND_PROXY=True):
            assert client_address(request) == "203.0.113.5"
            assert client_address(RequestFactory().get("/")) == "127.0.0.1"
