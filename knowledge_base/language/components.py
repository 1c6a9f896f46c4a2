"""spaCy components, registered as entry points so that `spacy.load` finds them in both environments.

`zl_restore` puts the repaired lower-case spelling into `token.norm_`; `zl_lemmatizer` puts the lemma of that
spelling into `token.lemma_`. The words of the text itself stay as typed.
"""

# No `from __future__ import annotations`: spaCy 3.4 reads the factories' annotations with pydantic 1.
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from knowledge_base.language.morphology import morphology
from knowledge_base.language.spelling import Speller
from knowledge_base.language.vocabulary import Vocabulary

RESTORE = "zl_restore"
LEMMATIZER = "zl_lemmatizer"


class _VocabularyComponent:
    """Keeps the domain's vocabulary beside the component when the pipeline is written to disk."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()

    def use(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        Path(path).write_text(json.dumps(self.vocabulary.to_data(), ensure_ascii=False), encoding="utf-8")

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> "_VocabularyComponent":
        self.use(Vocabulary.from_data(json.loads(Path(path).read_text(encoding="utf-8"))))
        return self

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        return json.dumps(self.vocabulary.to_data(), ensure_ascii=False).encode()

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> "_VocabularyComponent":
        self.use(Vocabulary.from_data(json.loads(data)))
        return self


class Restore(_VocabularyComponent):
    """Repairs spelling, see `Speller`."""

    def __init__(self) -> None:
        super().__init__()
        self.speller = Speller(self.vocabulary, morphology())

    def use(self, vocabulary: Vocabulary) -> None:
        super().use(vocabulary)
        self.speller = Speller(vocabulary, morphology())

    def __call__(self, doc: Doc) -> Doc:
        for token, spelling in zip(doc, self.speller.repair([token.text for token in doc])):
            token.norm_ = spelling
        return doc


class Lemmatizer(_VocabularyComponent):
    """Morfeusz 2 lemmas; of several readings the one that the content uses most."""

    def __init__(self) -> None:
        super().__init__()
        self._lemma = lru_cache(maxsize=50_000)(self._find_lemma)

    def use(self, vocabulary: Vocabulary) -> None:
        # Spelling is the other component's matter: only the counts of lemmas are needed here.
        super().use(Vocabulary(forms={}, lemmas=vocabulary.lemmas))
        self._lemma.cache_clear()

    def _find_lemma(self, word: str) -> str:
        lemmas = morphology().lemmas(word)
        if not lemmas:
            return word
        counts = self.vocabulary.lemmas
        return max(lemmas, key=lambda lemma: (counts.get(lemma, 0), -lemmas.index(lemma)))

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            # A token without a lemma (white space alone) would stop the entity ruler.
            token.lemma_ = self._lemma(token.norm_) or token.text
        return doc


@Language.factory(RESTORE)
def create_restore(nlp: Language, name: str) -> Restore:
    return Restore()


@Language.factory(LEMMATIZER)
def create_lemmatizer(nlp: Language, name: str) -> Lemmatizer:
    return Lemmatizer()


def vocabulary_components(nlp: Language) -> list[Any]:
    return [nlp.get_pipe(RESTORE), nlp.get_pipe(LEMMATIZER)]
