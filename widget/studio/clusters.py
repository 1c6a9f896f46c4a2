"""Messages grouped by meaning, so that an editor sees matters instead of single questions.

HDBSCAN (Campello et al. 2013) over sentence vectors. On tens of thousands of rows it takes minutes, so messages are
first gathered into many small bundles (mini-batch k-means over fewer dimensions), and HDBSCAN joins the bundles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.cluster import HDBSCAN, MiniBatchKMeans
from sklearn.decomposition import PCA

from knowledge_base.content.text import words
from knowledge_base.language.morphology import morphology

Vectors = npt.NDArray[np.float32]
_DIMENSIONS = 32
# Up to here HDBSCAN takes all rows itself.
_DIRECT = 4_000
_BUNDLES = 3_000
# Words that any question may have.
_EMPTY = frozenset(
    "być mieć móc chcieć dostać musieć trzeba można kto co czy jak ile jaki jaka jakie który gdzie kiedy dlaczego ja "
    "ty on ona my mój moja swój ten ta to się nie tak już też tylko dla przez bez oraz lub ale pod nad przy".split()
)
_NAME_WORDS = 3
_NAMED_BY = 200
_SEED = 20_261_126
# Measured on 500 groups of five like examples of the real topics, each group without its own examples: a topic that is
# at least so near on average, and so far ahead of the next one, is the right one in 76%; where the group's own topic is
# taken away, as for a matter that no topic has, one is still proposed in 3%. The nearest example alone, whatever its
# likeness, is of the right topic in 12%, and lies at 0.7 or nearer in 27% of groups whose topic was taken away.
_MATCH = 0.6
_LEAD = 0.08
# Measured likewise on ten like examples of a topic: a message of any other topic is so near to one of them in 1%, an
# example of their own topic, worded otherwise, in 11%.
_NEAR = 0.55
_BLOCK = 1_000


@dataclass(frozen=True)
class Cluster:
    """Messages of one matter, by their numbers, the most typical first; `name` is a proposal."""

    members: tuple[int, ...]
    name: str

    @property
    def medoid(self) -> int:
        return self.members[0]


def clusters(texts: Sequence[str], vectors: Vectors, *, smallest: int = 5) -> list[Cluster]:
    """Clusters of at least `smallest` messages, the largest first; of few, those like no others are in none.

    Of many, each stays with its bundle, however far it lies from the rest.

    `vectors`: unit rows, one for each text. The same input gives the same clusters.
    """
    if len(texts) < max(smallest, 2):
        return []
    reduced = _reduced(vectors)
    labels = _labels(reduced, smallest)
    spread = Counter(lemma for text in texts for lemma in set(_lemmas(text)))
    found = []
    for label in range(labels.max(initial=-1) + 1):
        members = np.flatnonzero(labels == label)
        if len(members) >= smallest:
            ordered = _typical_first(members, vectors)
            name = _name([texts[number] for number in ordered[:_NAMED_BY]], spread, len(texts))
            found.append(Cluster(tuple(ordered), name))
    return sorted(found, key=lambda cluster: (-len(cluster.members), cluster.medoid))


def proposed_topic(members: Vectors, examples: Vectors, topics: Sequence[str]) -> str | None:
    """The topic whose examples are nearest to a cluster's messages; None where none is near or two are alike.

    `members`: (messages, dimensions), the most typical first, `examples`: (rows, dimensions), unit rows; `topics` names
    the topic of each row.
    """
    if not len(topics):
        return None
    best: defaultdict[str, float] = defaultdict(lambda: -1.0)
    names, rows = np.unique(np.asarray(topics), return_inverse=True)
    likeness = members[:_NAMED_BY] @ examples.T
    for number, name in enumerate(names):
        best[str(name)] = float(likeness[:, rows == number].max(axis=1).mean())
    first, *others = sorted(best, key=lambda name: (-best[name], name))
    ahead = best[first] - (best[others[0]] if others else -1.0)
    return first if best[first] >= _MATCH and ahead >= _LEAD else None


def nearest_clusters(found: Sequence[Cluster], vectors: Vectors) -> dict[int, int]:
    """Of each message in no cluster, the number (from 1) of the cluster with its nearest message; 0 if none is near."""
    owner = np.zeros(len(vectors), dtype=np.int64)
    for number, cluster in enumerate(found, 1):
        owner[list(cluster.members)] = number
    inside, loose = np.flatnonzero(owner), np.flatnonzero(owner == 0)
    nearest = dict.fromkeys(map(int, loose), 0)
    for start in range(0, len(loose) if len(inside) else 0, _BLOCK):
        part = loose[start : start + _BLOCK]
        likeness = vectors[part] @ vectors[inside].T
        for number, row in zip(part, likeness):
            place = int(row.argmax())
            if row[place] >= _NEAR:
                nearest[int(number)] = int(owner[inside[place]])
    return nearest


def _reduced(vectors: Vectors) -> Vectors:
    dimensions = min(_DIMENSIONS, *vectors.shape)
    made = PCA(dimensions, svd_solver="randomized", random_state=_SEED).fit_transform(vectors.astype(np.float64))
    return np.ascontiguousarray(made, dtype=np.float32)


def _labels(rows: Vectors, smallest: int) -> npt.NDArray[np.int64]:
    """Number of the cluster of each row, -1 for none."""
    if len(rows) <= _DIRECT:
        return _dense(rows, smallest)
    bundles = MiniBatchKMeans(_BUNDLES, batch_size=4096, max_iter=20, n_init=1, init="random", random_state=_SEED)
    owner = bundles.fit_predict(rows)
    # A bundle stands for many messages, so two that lie close together are a cluster.
    joined = _dense(np.ascontiguousarray(bundles.cluster_centers_, dtype=np.float32), 2)
    # A bundle that belongs to no others is a cluster of its own.
    alone = np.flatnonzero(joined < 0)
    joined[alone] = joined.max(initial=-1) + 1 + np.arange(len(alone))
    labels: npt.NDArray[np.int64] = joined[owner]
    return labels


def _dense(rows: Vectors, smallest: int) -> npt.NDArray[np.int64]:
    made = HDBSCAN(min_cluster_size=smallest, min_samples=min(3, smallest), cluster_selection_method="leaf", copy=True)
    labels: npt.NDArray[np.int64] = made.fit_predict(rows).astype(np.int64)
    return labels


def _typical_first(members: npt.NDArray[np.int64], vectors: Vectors) -> list[int]:
    """By likeness to the middle of the cluster; equal ones by number."""
    middle = vectors[members].mean(axis=0)
    likeness = vectors[members] @ middle
    return [int(members[place]) for place in np.argsort(-likeness, kind="stable")]


def _name(texts: Sequence[str], spread: Counter[str], total: int) -> str:
    """The words that stand out in these messages against all of them, as they are written most often."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for lemma, word in dict(_meaningful(text)).items():
            forms[lemma][word] += 1
    weight = {lemma: found.total() * np.log((1 + total) / spread[lemma]) for lemma, found in forms.items()}
    best = sorted(weight, key=lambda lemma: (-weight[lemma], -forms[lemma].total(), lemma))[:_NAME_WORDS]
    return " ".join(min(forms[lemma], key=lambda word: (-forms[lemma][word], word)) for lemma in best)


def _lemmas(text: str) -> list[str]:
    return [lemma for lemma, _ in _meaningful(text)]


def _meaningful(text: str) -> list[tuple[str, str]]:
    """Lemmas and words, of those that tell what a message is about."""
    found = [((morphology().lemmas(word) or [word])[0], word) for word in words(text.lower()) if len(word) > 2]
    return [(lemma, word) for lemma, word in found if lemma not in _EMPTY]
