"""What a Belgian national number looks like: the kiosk must never hold one (P-06, P-07, P-27)."""

from __future__ import annotations

import re
import unicodedata

# Eleven digits with up to three signs that are no letters between any two: 85.07.30-033.28. The
# look-ahead tries every start, so that a number beside other digits is found as well.
_ELEVEN_DIGITS = re.compile(r"(?<!\d)(?=(\d(?:[\W_]{0,3}\d){10})(?!\d))")


def looks_like_national_number(text: str) -> bool:
    """Whether a valid Belgian national number (or bis number) is in the text, however it is spaced.

    Its last two digits are 97 less the remainder of the first nine by 97, with a 2 put in front of
    the nine for births from 2000. A month and a day have to be possible as well (00 where they are not
    known), or one reference in fifty would be taken for one. A number of ten digits counts where it is
    one that a spreadsheet took the leading zero from.
    """
    digits = unicodedata.normalize("NFKC", text)
    if any(_is_valid(re.sub(r"\D", "", found)) for found in _ELEVEN_DIGITS.findall(digits)):
        return True
    return bool(re.fullmatch(r"[1-9]\d{9}", digits)) and _is_valid("0" + digits)


def _is_valid(eleven: str) -> bool:
    month, day = int(eleven[2:4]), int(eleven[4:6])
    # A bis number adds 20 or 40 to the month.
    if month > 52 or month % 20 > 12 or day > 31:
        return False
    first, check = int(eleven[:9]), int(eleven[9:])
    return check in (97 - first % 97, 97 - (2_000_000_000 + first) % 97)
