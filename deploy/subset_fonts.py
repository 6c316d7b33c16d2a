"""Cut the fonts down to the letters people use here: 128 KB become 47, within the budget of a page; and bring
those that are printed with into the form a typesetter reads.

    python deploy/subset_fonts.py node_modules/@fontsource static/vendor/fonts

File names stay. Arabic keeps the letters of Arabic and Darija with their joining; Latin those of French,
English and romanised Amazigh; Tifinagh the letters of the IRCAM alphabet. Printed, names of people have
letters of all of Latin, Greek and Cyrillic, too, in the weight of names. Needs fonttools and brotli.
"""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ARABIC = (
    "060C,061B,061F,0621-063A,0640-0652,0654,0655,0660-066C,0670,0671,0679,067E,0686,0698,"
    "06A4,06A8,06A9,06AD,06AF,06CC,200C-200F"
)
LATIN = (
    "0020-007E,00A0,00A9,00AB,00AE,00B0,00B7,00BB,00C0-00FF,0152,0153,0178,2010-2015,2018-201E,"
    "2020-2022,2026,2030,2032,2033,2039,203A,202F,20AC,2190-2193,2212"
)
TIFINAGH = "2D30-2D67,2D6F,2D7F"

FONTS = {
    "ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-400-normal.woff2": ARABIC,
    "ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-600-normal.woff2": ARABIC,
    "ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-latin-400-normal.woff2": LATIN,
    "ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-latin-600-normal.woff2": LATIN,
    "noto-sans-tifinagh/files/noto-sans-tifinagh-tifinagh-400-normal.woff2": TIFINAGH,
}


def cut(source: Path, target: Path, letters: str) -> None:
    """Write `target`: the font `source` with only `letters` (hexadecimal code points and ranges)."""
    options = subset.Options(flavor="woff2", hinting=False, desubroutinize=True)
    options.layout_features = [*subset.Options._layout_features_default, "locl"]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(letters))
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def print_tifinagh(source: Path, target: Path) -> None:
    """Write `target`: the whole font `source`, unpacked."""
    font = TTFont(source)
    font.flavor = None
    font.save(target)


def print_names(target: Path) -> None:
    """Write `target`: Noto Sans in the weight of names, upright and of the usual width."""
    source = resources.files("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf"
    with resources.as_file(source) as path:
        instancer.instantiateVariableFont(TTFont(path), {"wght": 600, "wdth": 100}).save(target)


def main(source: str, target: str) -> None:
    Path(target).mkdir(parents=True, exist_ok=True)
    for path, letters in FONTS.items():
        cut(Path(source, path), Path(target, Path(path).name), letters)
    printed = Path(target, "print")
    printed.mkdir(exist_ok=True)
    tifinagh = "noto-sans-tifinagh/files/noto-sans-tifinagh-tifinagh-400-normal.woff2"
    print_tifinagh(Path(source, tifinagh), printed / "NotoSansTifinagh-Regular.ttf")
    print_names(printed / "NotoSans-SemiBold.ttf")


if __name__ == "__main__":
    main(*sys.argv[1:])
