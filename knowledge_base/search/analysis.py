"""Turning a text into the terms that BM25 counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge_base.content.text import fold

if TYPE_CHECKING:
    from spacy.language import Language

STEM_LENGTH = 5
# Words that carry no topic, folded. Kept short on purpose: "od", "do", "bez" and "po" do carry one here.
STOP_WORDS = frozenset(
    (
        "a aby albo ale am bo by byc byl byla bylo co czy dla i ich ile im jak jaka jaki jakie jako jest jestem "
        "jesli jezeli juz kiedy ktora ktore ktory ma mam mi mnie moge moj moja moje mozna musi musze na nie o oraz "
        "prosze sa sie ta tak te ten to tu tym u w we witam dzien dobry z za ze zeby chce chcialbym chcialabym"
    ).split()
)


@dataclass(frozen=True)
class Analysis:
    """What search needs of a text: the repaired text for vectors, surface and reduced terms for BM25."""

    text: str
    surface: tuple[str, ...]
    reduced: tuple[str, ...]


class Analyser:
    """Runs the Polish pipeline once per text."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    def __call__(self, text: str) -> Analysis:
        doc = self._nlp(text)
        surface, reduced = [], []
        for token in doc:
            word = fold(token.norm_)
            if not word.isalnum() or word in STOP_WORDS:
                continue
            surface.append(word)
            reduced.append(fold(token.lemma_)[:STEM_LENGTH])
        repaired = "".join(token.norm_ + token.whitespace_ for token in doc).strip()
        return Analysis(text=repaired, surface=tuple(surface), reduced=tuple(reduced))
