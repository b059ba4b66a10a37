"""The tree is that of RFC 9162: the vectors that logs of certificates are tested with, and what holds for any size."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import merkle
from ledger.merkle import InvalidProof, Nodes

LEAVES = [
    bytes.fromhex(content)
    for content in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
HASHES = [merkle.leaf_hash(content) for content in LEAVES]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSIONS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCIES = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def naive_root(hashes: Sequence[bytes]) -> bytes:
    """The definition itself (RFC 9162, 2.1.1)."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else merkle.empty_root()
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return merkle.node_hash(naive_root(hashes[:split]), naive_root(hashes[split:]))


def nodes_of(hashes: Sequence[bytes]) -> Nodes:
    return lambda level, index: naive_root(hashes[index << level : (index + 1) << level])


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(str(number).encode()) for number in range(count)]


class TestPublishedVectors:
    @pytest.mark.parametrize("size", range(9))
    def test_roots(self, size: int) -> None:
        assert merkle.root(HASHES[:size]).hex() == ROOTS[size]
        assert merkle.root_of(size, nodes_of(HASHES)).hex() == ROOTS[size]

    @pytest.mark.parametrize(("place", "proof"), INCLUSIONS.items())
    def test_inclusion(self, place: tuple[int, int], proof: list[str]) -> None:
        position, size = place
        made = merkle.inclusion_proof(position, size, nodes_of(HASHES))
        assert [one.hex() for one in made] == proof
        merkle.verify_inclusion(HASHES[position], position, size, made, bytes.fromhex(ROOTS[size]))

    @pytest.mark.parametrize(("sizes", "proof"), CONSISTENCIES.items())
    def test_consistency(self, sizes: tuple[int, int], proof: list[str]) -> None:
        old, new = sizes
        made = merkle.consistency_proof(old, new, nodes_of(HASHES))
        assert [one.hex() for one in made] == proof
        merkle.verify_consistency(old, new, made, bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]))


@st.composite
def inclusions(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(st.integers(1, 300))
    return draw(st.integers(0, size - 1)), size


@st.composite
def sizes_in_order(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(st.integers(1, 300))
    return draw(st.integers(0, size)), size


@given(inclusions())
def test_a_proof_of_inclusion_leads_to_the_root_and_one_of_another_length_does_not(place: tuple[int, int]) -> None:
    position, size = place
    hashes = leaves(size)
    proof = merkle.inclusion_proof(position, size, nodes_of(hashes))
    root = naive_root(hashes)
    merkle.verify_inclusion(hashes[position], position, size, proof, root)
    for wrong in (proof[:-1], [*proof, root], proof[1:]):
        if wrong != proof:
            with pytest.raises(InvalidProof):
                merkle.verify_inclusion(hashes[position], position, size, wrong, root)


@given(inclusions(), st.integers(0, 20), st.integers(0, 255))
def test_a_changed_proof_leaf_or_position_proves_nothing(place: tuple[int, int], step: int, bit: int) -> None:
    position, size = place
    hashes = leaves(size)
    proof = merkle.inclusion_proof(position, size, nodes_of(hashes))
    root = naive_root(hashes)

    def refused(check: Callable[[], None]) -> None:
        with pytest.raises(InvalidProof):
            check()

    other = flipped(hashes[position], bit)
    refused(lambda: merkle.verify_inclusion(other, position, size, proof, root))
    refused(lambda: merkle.verify_inclusion(hashes[position], position, size, proof, flipped(root, bit)))
    refused(lambda: merkle.verify_inclusion(hashes[position], size, size, proof, root))
    if size > 1:
        elsewhere = (position + 1) % size
        refused(lambda: merkle.verify_inclusion(hashes[position], elsewhere, size, proof, root))
        changed = list(proof)
        changed[step % len(proof)] = flipped(changed[step % len(proof)], bit)
        refused(lambda: merkle.verify_inclusion(hashes[position], position, size, changed, root))


@given(sizes_in_order(), st.integers(0, 20), st.integers(0, 255))
def test_a_proof_of_consistency_fits_its_two_roots_and_no_others(sizes: tuple[int, int], step: int, bit: int) -> None:
    old, new = sizes
    hashes = leaves(new)
    roots = naive_root(hashes[:old]), naive_root(hashes)
    proof = merkle.consistency_proof(old, new, nodes_of(hashes))
    merkle.verify_consistency(old, new, proof, *roots)
    wrong: list[tuple[list[bytes], bytes, bytes]] = [
        (proof, flipped(roots[0], bit), roots[1]),
        ([*proof, roots[0]], *roots),
    ]
    if old:
        wrong.append((proof, roots[0], flipped(roots[1], bit)))
    if proof:
        changed = list(proof)
        changed[step % len(proof)] = flipped(changed[step % len(proof)], bit)
        wrong += [(changed, *roots), (proof[:-1], *roots)]
    for tried, old_root, new_root in wrong:
        with pytest.raises(InvalidProof):
            merkle.verify_consistency(old, new, tried, old_root, new_root)


def flipped(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@given(st.lists(st.integers(0, 700), max_size=4))
def test_a_tree_grows_in_portions_to_the_same_root_and_can_be_taken_up_again(portions: list[int]) -> None:
    hashes = leaves(sum(portions))
    tree, size = merkle.GrowingTree(), 0
    full: dict[tuple[int, int], list[bytes]] = {}
    for portion in portions:
        tree = merkle.GrowingTree(tree.size, tree.tiles)
        full |= {(level, index): tile for level, index, tile in tree.append(hashes[size : size + portion])}
        size += portion
    assert tree.root() == naive_root(hashes)
    assert [tile for (level, _index), tile in sorted(full.items()) if level == 0] == [
        hashes[start : start + 256] for start in range(0, size - 255, 256)
    ]


@pytest.mark.parametrize("place", [(-1, 4), (4, 4), (0, 0)])
def test_there_is_no_proof_for_a_place_beyond_the_tree(place: tuple[int, int]) -> None:
    with pytest.raises(InvalidProof, match="There is no leaf"):
        merkle.inclusion_proof(*place, nodes_of(HASHES))


def test_hashes_of_another_length_are_no_proof() -> None:
    with pytest.raises(InvalidProof, match="32 bytes"):
        merkle.verify_inclusion(HASHES[0], 0, 2, [b"short"], bytes(32))
    with pytest.raises(InvalidProof, match="more hashes"):
        merkle.verify_inclusion(HASHES[0], 0, 2, [bytes(32)] * 100, bytes(32))
    with pytest.raises(InvalidProof, match="cannot go on"):
        merkle.verify_consistency(3, 2, [], bytes(32), bytes(32))
    with pytest.raises(InvalidProof, match="does not have 3 hashes"):
        merkle.GrowingTree(3, [[bytes(32)]])
