"""Persian text: told from other text, and as it is searched and sorted, with one spelling for each word."""

import re
import unicodedata

_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_LATIN_DIGITS = "0123456789"

_TO_LATIN = str.maketrans(_PERSIAN_DIGITS + _ARABIC_DIGITS, _LATIN_DIGITS * 2)
_TO_PERSIAN = str.maketrans(_LATIN_DIGITS, _PERSIAN_DIGITS)
_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ئ": "ی",
        "ك": "ک",
        "ة": "ه",
        "ۀ": "ه",  # one code for ه with the mark that is dropped where it stands alone
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "\u200c": " ",  # ZWNJ
    }
)
_CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_DIACRITICS_AND_KASHIDA = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)

_NOT_WRITING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_ALPHABET = "ءآابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی0123456789abcdefghijklmnopqrstuvwxyz"
_OTHERS = "~"  # above every place of the alphabet
_PLACES = str.maketrans({letter: chr(ord("!") + place) for place, letter in enumerate(_ALPHABET)})
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_OTHER_LETTERS = re.compile(f"[^{_ALPHABET} ]")


def to_latin_digits(text: str) -> str:
    """``text`` with Persian and Arabic digits as ASCII ones."""
    return text.translate(_TO_LATIN)


def to_persian_digits(text: str) -> str:
    """``text`` with ASCII digits as Persian ones."""
    return text.translate(_TO_PERSIAN)


def has_persian_letter(text: str) -> bool:
    """Whether any letter of ``text`` is of the Persian (or Arabic) script."""
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def is_writing(text: str) -> bool:
    """Whether ``text`` is what people write, and so fit to be stored, printed and put into a spreadsheet.

    Control characters other than tabs and line ends are not, nor halves of surrogate pairs.
    """
    return _NOT_WRITING.search(text) is None


def fold(text: str) -> str:
    """The searched form of ``text``, applied when writing and when asking; folding twice changes nothing.

    Arabic forms of ی ک ه ا و become the Persian letter, diacritics and kashida go, digits become ASCII, ZWNJ a space.
    ASCII letters become lower case, since serial numbers are typed in either. The result is NFC.
    """
    letters = unicodedata.normalize("NFC", text).translate(_LETTERS)
    bare = _DIACRITICS_AND_KASHIDA.sub("", letters)
    return unicodedata.normalize("NFC", to_latin_digits(bare).translate(_CAPITALS))


def sort_key(text: str) -> str:
    """A text whose code points are in the order in which readers expect ``text`` in a list.

    Word by word, the Persian alphabet (آ before ا) before digits before Latin letters in either case before any others.
    Spellings that fold to one word are one, and punctuation counts for no more than a space.
    """
    words = _BETWEEN_WORDS.sub(" ", fold(text)).strip()
    return _OTHER_LETTERS.sub(lambda other: _OTHERS + other[0], words).translate(_PLACES)
