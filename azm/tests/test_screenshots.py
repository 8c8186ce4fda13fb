"""The pictures of the README are those that `make screenshots` takes, none more and none less."""

import re

from azm.local import ROOT
from azm.tests.browser.screenshots import FOLDER, PICTURES


class TestThePicturesOfTheReadme:
    def test_are_all_shown_with_words_for_who_cannot_see_them(self) -> None:
        shown = dict(re.findall(r'<img src="([^"]+)"[^>]* alt="([^"]{20,})"', (ROOT / "README.md").read_text()))
        assert sorted(shown) == sorted(str(picture.file.relative_to(ROOT)) for picture in PICTURES)

    def test_are_all_there_and_nothing_else(self) -> None:
        assert sorted(FOLDER.iterdir()) == sorted(picture.file for picture in PICTURES)
