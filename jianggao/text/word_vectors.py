"""Tells how near two texts are in meaning, by the vectors of their words.

A text's vector is the sum of its words' vectors, of length 1; the nearness of two texts is the cosine between them.
The vectors of words come with the program (`docs/make_word_vectors.py` tells how they were made): they know nothing
of any library, so that what follows from them tells nothing of locked texts.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from math import dist, hypot, sqrt
from operator import add, mul
from pathlib import Path

from jianggao.errors import CannotStart

VERSION = "1"
"""Raise it with every change of the vectors: the index is then built again."""
FILE = Path(__file__).with_name("word_vectors.gz")
_LONGEST_WORD = 4
"""Characters of the parts that unknown words are taken apart into, at most."""
_ZERO = 128
"""What a stored component is when it is 0: in the file they are 0 to 255."""
_ADDED_AT_ONCE = 256
"""Vectors whose components can be added in two bytes each."""
_LANE = 4
"""Bytes that a product's sum takes at most."""
_SHIFTED = bytes((byte + _ZERO) % 256 for byte in range(256))
"""Leads from signed bytes to components as they are stored."""
_END = b"\n\n"
"""Stands behind the words in the file."""
_UNIT = 127
"""What a component of 1.0 is in a text's vector."""


class ClusterCenters:
    """The centers of clusters of meanings, compared with a text all at once.

    A component of all centers lies side by side in one number: a multiplication of it takes little longer than of one.
    All are shifted by 128, so that none is negative.
    """

    def __init__(self, centers: Sequence[bytes]) -> None:
        self._sums = [_ZERO * sum(memoryview(center).cast("b")) for center in centers]
        self._columns: list[int] = []
        for column in zip(*centers, strict=True):
            lanes = bytearray(len(column) * _LANE)
            lanes[::_LANE] = bytes(column).translate(_SHIFTED)
            self._columns.append(int.from_bytes(lanes, "little"))

    def cosines(self, vector: bytes) -> list[float]:
        """Returns how near a text is to each of the centers."""
        if not vector:
            return [0.0] * len(self._sums)
        shifted_vector = vector.translate(_SHIFTED)
        total = sum(map(mul, shifted_vector, self._columns))
        shifted = struct.unpack(f"<{len(self._sums)}I", total.to_bytes(len(self._sums) * _LANE, "little"))
        # (a + 128)(b + 128) summed is the product of a and b, 128 times the sum of b, and 128 times that of a + 128.
        shift = _ZERO * sum(shifted_vector)
        return [
            (value - of_center - shift) / _UNIT**2
            for value, of_center in zip(shifted, self._sums, strict=True)
        ]

    def nearest(self, vector: bytes, count: int) -> list[int]:
        """Returns the numbers of up to `count` clusters that a text lies in or near to, the nearest first; none for
        b""."""
        return nearest(self.cosines(vector), count) if vector else []


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Vectors of words, all of one length."""

    places: dict[str, int]
    """The places of the words' vectors in `components`."""
    components: bytes
    dimensions: int
    """How many components a vector has: an even number."""
    centers: tuple[bytes, ...] = ()
    """The centers of clusters of meanings, as vectors of texts: near texts lie in the same cluster."""

    def text_vector(self, words: Iterable[str]) -> bytes:
        """Returns the vector of a text that consists of these words: a signed byte a component, together of length
        127; b"" where none of them is known."""
        return self.vector_of([place for word in words for place in self.places_of(word)])

    def vector_of(self, places: Sequence[int]) -> bytes:
        """Returns the vector of a text with the words at these places; b"" where there are none."""
        if not places:
            return b""
        sums = [-_ZERO * len(places)] * self.dimensions
        for start in range(0, len(places), _ADDED_AT_ONCE):
            sums = list(map(add, sums, self._sums(places[start : start + _ADDED_AT_ONCE])))
        return _packed(sums)

    def places_of(self, word: str) -> tuple[int, ...]:
        """Returns the place of a word's vector, of an unknown word those of the known words in it."""
        place = self.places.get(word)
        if place is not None:
            return (place,)
        return tuple(self.places[part] for part in self._known_parts(word))

    def _sums(self, places: Sequence[int]) -> list[int]:
        """Returns the sums of the components of up to 256 vectors.

        The components of a word stand side by side in one number, every second of them in one and the others in
        another: such numbers are added as fast as one component would be, and no sum reaches the next one.
        """
        size = self.dimensions
        every_second = int.from_bytes(b"\xff\0" * (size // 2), "little")
        even = odd = 0
        for place in places:
            together = int.from_bytes(self.components[place * size : (place + 1) * size], "little")
            even += together & every_second
            odd += together >> 8 & every_second
        halves = (struct.unpack(f"<{size // 2}H", half.to_bytes(size, "little")) for half in (even, odd))
        return [value for pair in zip(*halves, strict=True) for value in pair]

    def _known_parts(self, word: str) -> Iterator[str]:
        """Yields the longest known words that an unknown one consists of."""
        start, stop = 0, min(_LONGEST_WORD, len(word))
        while start < stop:
            if (part := word[start:stop]) in self.places:
                yield part
            elif stop - start > 1:
                stop -= 1
                continue
            start, stop = stop, min(stop + _LONGEST_WORD, len(word))


def _packed(values: Sequence[float]) -> bytes:
    """Returns a direction as a vector of length 127."""
    scale = _UNIT / (sqrt(sum(map(mul, values, values))) or 1.0)
    return struct.pack(f"{len(values)}b", *[round(scale * value) for value in values])


def cosine_to(vector: bytes) -> Callable[[bytes], float]:
    """Returns a function that tells how near another text is to this one by their vectors, from -1.0 to 1.0; 0.0 where
    one has none."""
    components = tuple(map(float, memoryview(vector).cast("b")))
    squares = hypot(*components) ** 2

    def cosine_with(other: bytes) -> float:
        if not (components and other):
            return 0.0
        # Each of the two is computed in one call, of their products one at a time: |a - b|² = |a|² + |b|² - 2ab.
        others = tuple(memoryview(other).cast("b"))
        product = (squares + hypot(*others) ** 2 - dist(components, others) ** 2) / 2
        return product / _UNIT**2

    return cosine_with


def blend(*parts: tuple[bytes, float]) -> bytes:
    """Returns the vector of a text of parts, each with its vector and what it counts; b"" where none has one."""
    known = [(memoryview(vector).cast("b"), share) for vector, share in parts if vector]
    if len(known) < 2:
        return bytes(known[0][0]) if known else b""
    shares = [share for _, share in known]
    values = [sum(map(mul, each, shares)) for each in zip(*(view for view, _ in known), strict=True)]
    return _packed(values)


def text_vector(words: Iterable[str]) -> bytes:
    """Returns the vector of a text that consists of these words in normal form; b"" where none of them is known."""
    return load_vectors().text_vector(words)


def vector_of(places: Sequence[int]) -> bytes:
    """Returns `WordVectors.vector_of` of the vectors that come with the program."""
    return load_vectors().vector_of(places)


def places_of(word: str) -> tuple[int, ...]:
    """Returns `WordVectors.places_of` of the vectors that come with the program."""
    return load_vectors().places_of(word)


def nearest_clusters(vector: bytes, count: int) -> list[int]:
    """Returns `ClusterCenters.nearest` of the clusters that come with the program."""
    return _load_centers().nearest(vector, count)


def center_cosines(vector: bytes) -> list[float]:
    """Returns `ClusterCenters.cosines` of the clusters that come with the program."""
    return _load_centers().cosines(vector)


def nearest(cosines: Sequence[float], count: int) -> list[int]:
    """Returns the places of up to `count` of the largest, the largest first, of equals the first."""
    return nlargest(count, range(len(cosines)), key=cosines.__getitem__)


@cache
def load_vectors() -> WordVectors:
    """Returns the vectors that come with the program: the first time a fifth of a second, nothing after that."""
    return read_vectors(FILE)


@cache
def _load_centers() -> ClusterCenters:
    return ClusterCenters(load_vectors().centers)


def read_vectors(file: Path) -> WordVectors:
    """Returns the vectors of a file that `write_vectors` wrote.

    Raises CannotStart where it is missing or broken.
    """
    try:
        names, _, numbers = gzip.decompress(file.read_bytes()).partition(_END)
        words = names.decode().split("\n")
        dimensions = int(words.pop(0))
        if not numbers or len(numbers) % dimensions:
            raise ValueError("some of it is missing")
    except (OSError, EOFError, ValueError, ZeroDivisionError, zlib.error) as error:
        raise CannotStart(
            f"程序里的 {file.name} 不见了或坏了（{file}）。数据没有问题，请重新安装程序。"
        ) from error
    at = len(words) * dimensions
    centers = [numbers[start : start + dimensions] for start in range(at, len(numbers), dimensions)]
    return WordVectors(
        {word: place for place, word in enumerate(words)}, numbers[:at], dimensions, tuple(centers)
    )


def write_vectors(file: Path, vectors: WordVectors) -> None:
    """Writes vectors: a line with how many components they have, the words, a line each, and then the components of
    the words and of the centers, a byte each. Equal vectors make equal files."""
    names = "\n".join([str(vectors.dimensions), *vectors.places]).encode()
    file.write_bytes(gzip.compress(names + _END + vectors.components + b"".join(vectors.centers), 9, mtime=0))
