"""Texts are near in meaning by the vectors of their words, whatever words they use, and as fast as they are read."""

from __future__ import annotations

import gzip
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.errors import CannotStart
from jianggao.text.segmentation import words
from jianggao.text.word_vectors import (
    FILE,
    ClusterCenters,
    WordVectors,
    blend,
    center_cosines,
    cosine_to,
    load_vectors,
    nearest,
    nearest_clusters,
    read_vectors,
    text_vector,
    write_vectors,
)

EAST, NORTH, WEST = bytes([228, 128]), bytes([128, 228]), bytes([28, 128])
SMALL = WordVectors({"河": 0, "水": 1, "岸": 2}, EAST + NORTH + WEST, 2, (bytes([127, 0]), bytes([0, 127])))


def of(text: str) -> bytes:
    return text_vector(words(text))


def test_a_text_has_the_sum_of_its_words_as_a_direction() -> None:
    assert SMALL.text_vector(["河"]) == bytes([127, 0])
    assert SMALL.text_vector(["河", "水"]) == bytes([90, 90])
    assert SMALL.text_vector(["水", "河", "河"]) == bytes([114, 57])


def test_how_long_a_text_is_changes_no_direction() -> None:
    assert SMALL.text_vector(["河", "水"] * 9_000) == SMALL.text_vector(["河", "水"])


def test_words_that_cancel_each_other_out_have_no_direction() -> None:
    assert SMALL.text_vector(["河", "岸"]) == bytes([0, 0])


def test_an_unknown_word_counts_by_the_known_words_in_it() -> None:
    assert SMALL.text_vector(["河x水"]) == SMALL.text_vector(["河", "水"])
    assert SMALL.text_vector(["x", "", "船"]) == SMALL.text_vector([]) == b""


def test_nearness_is_a_cosine() -> None:
    east, north, west = (SMALL.text_vector([word]) for word in SMALL.places)
    assert cosine_to(east)(east) == pytest.approx(1)
    assert cosine_to(east)(north) == pytest.approx(0)
    assert cosine_to(east)(west) == pytest.approx(-1, abs=0.02)
    assert cosine_to(east)(b"") == cosine_to(b"")(b"") == 0.0


def test_a_text_of_parts_has_their_weighted_sum_as_a_direction() -> None:
    east, north = SMALL.text_vector(["河"]), SMALL.text_vector(["水"])
    assert blend((east, 1), (north, 1)) == SMALL.text_vector(["河", "水"])
    assert blend((east, 2), (north, 1)) == SMALL.text_vector(["河", "河", "水"])
    assert blend((east, 0.5), (b"", 1)) == east and blend((b"", 1), (b"", 1)) == b""


def test_a_text_lies_in_the_clusters_that_it_is_nearest_to() -> None:
    centers = ClusterCenters(SMALL.centers)
    assert centers.nearest(SMALL.text_vector(["水", "水", "河"]), 5) == [1, 0]
    assert centers.nearest(SMALL.text_vector(["河"]), 1) == [0]
    assert centers.nearest(b"", 3) == [] and centers.cosines(b"") == [0.0, 0.0]


@given(st.lists(st.binary(min_size=6, max_size=6), min_size=1, max_size=9), st.binary(min_size=6, max_size=6))
def test_all_centers_are_compared_at_once_as_one_by_one(found: list[bytes], vector: bytes) -> None:
    assert ClusterCenters(found).cosines(vector) == pytest.approx(
        [cosine_to(vector)(center) for center in found]
    )


def test_of_equally_near_clusters_the_first_comes_first() -> None:
    assert nearest([0.1, 0.5, 0.5, -1.0], 3) == [1, 2, 0] and nearest([], 3) == []


def test_what_is_written_is_read_again_and_equal_vectors_make_equal_files(tmp_path: Path) -> None:
    first, second = tmp_path / "first.gz", tmp_path / "second.gz"
    write_vectors(first, SMALL)
    write_vectors(second, read_vectors(first))
    assert read_vectors(second) == SMALL
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("content", [None, b"", b"no gzip", "half", "a part"])
def test_a_missing_or_broken_file_says_what_to_do(tmp_path: Path, content: bytes | str | None) -> None:
    file = tmp_path / "word_vectors.gz"
    if content == "half":
        content = FILE.read_bytes()[: FILE.stat().st_size // 2]
    elif content == "a part":
        content = gzip.compress(gzip.decompress(FILE.read_bytes())[:-1])
    if isinstance(content, bytes):
        file.write_bytes(content)
    with pytest.raises(CannotStart, match="重新安装程序"):
        read_vectors(file)


def test_the_vectors_that_come_with_the_program_are_whole() -> None:
    vectors = read_vectors(FILE)
    assert len(vectors.components) == len(vectors.places) * vectors.dimensions
    assert {len(center) for center in vectors.centers} == {vectors.dimensions}
    assert load_vectors() is load_vectors()


@pytest.mark.parametrize(
    ("typed", "meant", "other"),
    [
        ("老百姓看病难", "推进医疗卫生体制改革，方便群众就医", "抓好水库大坝的防汛值守"),
        ("河水发臭", "封堵排污口，截断流进河道的生活污水", "高校毕业生就业创业"),
        ("孩子上学远", "优化义务教育学校布局，配齐校车", "压实企业的安全生产责任"),
        ("工钱拿不到", "根治拖欠农民工工资", "保护好古树名木"),
        ("烧煤熏人", "推进散煤治理，打赢蓝天保卫战", "办好村里的图书室"),
        ("开饭馆办证跑断腿", "推进行政审批制度改革，让企业少跑一趟路", "加强基层武装工作"),
    ],
)
def test_what_people_say_is_near_to_what_speeches_say(typed: str, meant: str, other: str) -> None:
    nearness = cosine_to(of(typed))
    assert nearness(of(meant)) > nearness(of(other)) + 0.1


def test_near_texts_share_a_cluster_and_no_text_is_near_to_all() -> None:
    first, second = of("深入推进农村生活污水治理，整治黑臭水体"), of("农村污水横流，塘沟发黑发臭，要抓紧整治")
    assert set(nearest_clusters(first, 3)) & set(nearest_clusters(second, 3))
    assert mean(center_cosines(first)) < 0.2
