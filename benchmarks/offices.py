"""How long a labour office takes to be found: phrases as people write them, all towns, names with a slip, other text.

Run with `python -m benchmarks.offices`; a look-up should stay under 20 ms.
"""

from __future__ import annotations

import gc
import tracemalloc

from actions.offices import find, finder
from benchmarks.table import show, spread, timed
from knowledge_base.content.offices import TOWN
from knowledge_base.content.store import load_content
from knowledge_base.content.text import fold

LIMIT_MS = 20.0


def without_a_letter(name: str) -> str:
    """The name with a letter lost in the middle."""
    middle = len(name) // 2
    return name[:middle] + name[middle + 1 :]


def main() -> None:
    loading = timed(finder)
    gc.collect()
    tracemalloc.start()
    finder.cache_clear()
    finder()
    memory = tracemalloc.get_traced_memory()[0] / 1_000_000
    tracemalloc.stop()
    towns = [place.name for place in finder().data.places if place.kind == TOWN]
    groups = {
        "miasto": towns,
        "miasto bez znaków": [f"gdzie jest urzad pracy {fold(name)}" for name in towns],
        "koło miasta": [f"koło {name}" for name in towns],
        "miasto z błędem": [without_a_letter(name) for name in towns],
        "kod pocztowy": [f"{codes.first // 1000:02d}-{codes.first % 1000:03d}" for codes in finder().data.postal[::5]],
        "pytania o co innego": [topic.examples[-1] for topic in load_content().topics.values() if topic.is_faq],
    }
    rows = []
    for name, texts in groups.items():
        times = [timed(lambda text=text: find(text)) for text in texts]  # type: ignore[misc]
        rows.append([name, str(len(texts)), *spread(times), f"{max(times):.1f}", str(sum(t > LIMIT_MS for t in times))])
    show("Szukanie urzędu, ms", ["tekst", "liczba", "mediana", "95%", "najdłużej", f"ponad {LIMIT_MS:.0f}"], rows)
    show("Wczytanie", ["co", "wartość"], [["czas, s", f"{loading / 1000:.1f}"], ["pamięć, MB", f"{memory:.0f}"]])


if __name__ == "__main__":
    main()
