"""How easy a French text is to read: words and syllables as they are spoken, and what follows from them."""

import re
from collections.abc import Iterable

MUTE_ENT = {"ouvrent", "peuvent", "viennent", "restent", "arrivent", "commencent", "marchent"}


def counted_words(sentence: str) -> list[str]:
    """The words of a sentence; "l'animateur" is one, "8 h 30" is one, signs are none."""
    sentence = re.sub(r"\d+ h(?: \d\d)?", "heure", sentence)
    return re.findall(r"[\w'’-]+", sentence.replace("0800/93 947", "numéro"))


def syllables(word: str) -> int:
    """Syllables of a French word as it is spoken; a mute ending counts for none."""
    word = word.lower().replace("’", "'")
    total = 0
    for part in re.split(r"[-']", word):
        plain = re.sub(r"(?<=[aeiouéèê])y(?=[aeiouéèê])", "i-i", part)
        plain = re.sub(r"qu(?=[aeiouéèêâà])", "k", re.sub(r"gu(?=[eiéè])", "g", plain))
        groups = len(re.findall(r"[aeiouyàâäéèêëîïôöùûüœ]+", plain))
        mute = re.search(r"[^aeiouyàâéèêîôùû](e|es)$", plain) or (part in MUTE_ENT)
        total += max(groups - bool(mute), 1 if groups else 0)
    return max(total, 1)


def ease(sentences: Iterable[str]) -> float:
    """Kandel-Moles over all sentences together: 207 - 1.015 x words a sentence - 73.6 x syllables a word."""
    spoken = [[syllables(word) for word in counted_words(sentence)] for sentence in sentences]
    words = sum(map(len, spoken))
    return 207 - 1.015 * words / len(spoken) - 73.6 * sum(map(sum, spoken)) / words
