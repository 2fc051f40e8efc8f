//! The tree over the leaves, as C2SP tlog-tiles have it: hashes lie in tiles of 256, and a tile of one level gives one hash of
//! the next. To go on, only the last tile of each level is needed. Must not know where tiles are kept.

use tlog_tiles::tile::Tile;
use tlog_tiles::tlog::{EMPTY_HASH, HASH_SIZE, Hash, node_hash};

/// Hashes in a full tile.
const WIDTH: usize = 256;

/// One tile: which, and its hashes one after another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TileAt {
    /// The level: 0 holds leaves.
    pub level: u8,
    /// Which one of its level.
    pub n: u64,
    /// Up to 256 hashes of 32 bytes.
    pub hashes: Vec<u8>,
}

/// The last tile of each level: all that is needed to add leaves and to know the root.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Edge {
    size: u64,
    /// From level 0 up; none of them full.
    tiles: Vec<Vec<u8>>,
}

impl Edge {
    /// Which tiles lie on the edge of a tree of so many leaves, from level 0 up. One that would be empty is not there.
    pub fn places(size: u64) -> Vec<(u8, u64)> {
        let levels = (0_u8..8).take_while(|level| size >> (8 * u32::from(*level)) > 0);
        let width = |level: u8| (size >> (8 * u32::from(level))) % 256;
        let n = |level: u8| size.checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0);
        levels.filter(|level| width(*level) > 0).map(|level| (level, n(level))).collect()
    }

    /// The edge of a tree of so many leaves. `None` where the tiles are not those of such a tree.
    pub fn of(size: u64, found: &[TileAt]) -> Option<Self> {
        let mut tiles = Vec::new();
        for (level, n) in Self::places(size) {
            let width = usize::try_from((size >> (8 * u32::from(level))) % 256).ok()?;
            let tile = found.iter().find(|tile| (tile.level, tile.n) == (level, n))?;
            let hashes =
                tile.hashes.get(..width * HASH_SIZE).filter(|kept| kept.len() == tile.hashes.len())?;
            tiles.resize(usize::from(level), Vec::new());
            tiles.push(hashes.to_vec());
        }
        Some(Self { size, tiles })
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf; the tiles that became full by it are added to `full`.
    pub fn push(&mut self, leaf: Hash, full: &mut Vec<TileAt>) {
        let mut hash = leaf;
        let mut n = self.size >> 8;
        self.size += 1;
        for level in 0_u8.. {
            let at = usize::from(level);
            if self.tiles.len() == at {
                self.tiles.push(Vec::with_capacity(WIDTH * HASH_SIZE));
            }
            let Some(tile) = self.tiles.get_mut(at) else { return };
            tile.extend_from_slice(&hash.0);
            if tile.len() < WIDTH * HASH_SIZE {
                return;
            }
            let hashes = std::mem::take(tile);
            hash = Tile::subtree_hash(&hashes);
            full.push(TileAt { level, n, hashes });
            n >>= 8;
        }
    }

    /// The tiles that are not full yet.
    pub fn partial(&self) -> impl Iterator<Item = TileAt> {
        let place = |(level, hashes): (u8, &Vec<u8>)| TileAt {
            level,
            n: self.size.checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0),
            hashes: hashes.clone(),
        };
        (0_u8..).zip(&self.tiles).filter(|(_, hashes)| !hashes.is_empty()).map(place)
    }

    /// The root hash (RFC 6962): of the largest whole trees from the left, the smallest last.
    pub fn root(&self) -> Hash {
        let mut whole: Vec<Hash> = Vec::new();
        for tile in self.tiles.iter().rev() {
            let mut rest = &tile[..];
            while !rest.is_empty() {
                let count = rest.len() / HASH_SIZE;
                let largest = 1_usize << count.ilog2();
                let (these, after) = rest.split_at(largest * HASH_SIZE);
                whole.push(Tile::subtree_hash(these));
                rest = after;
            }
        }
        whole.into_iter().rev().reduce(|right, left| node_hash(left, right)).unwrap_or(EMPTY_HASH)
    }
}

#[cfg(test)]
mod tests {
    use tlog_tiles::tlog::{Error, HashReader, record_hash, stored_hashes_for_record_hash, tree_hash};

    use super::*;

    /// Every hash there is, in the order of the reference.
    #[derive(Default)]
    struct All(Vec<Hash>);

    impl HashReader for All {
        fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
            Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).unwrap()]).collect())
        }
    }

    /// Against the reference implementation: each size, and going on from stored tiles at each size.
    #[test]
    fn the_edge_gives_the_same_root_as_the_reference_at_every_size() {
        let (mut all, mut edge, mut kept) = (All::default(), Edge::default(), Vec::<TileAt>::new());
        assert_eq!(edge.root(), EMPTY_HASH);
        for n in 0..66_000_u64 {
            let leaf = record_hash(&n.to_be_bytes());
            let new = stored_hashes_for_record_hash(n, leaf, &all).unwrap();
            all.0.extend(new);
            edge.push(leaf, &mut kept);
            if n < 600 || n % 911 == 0 || n > 65_400 {
                assert_eq!(edge.root(), tree_hash(n + 1, &all).unwrap(), "{n}");
                let stored: Vec<TileAt> = kept.iter().cloned().chain(edge.partial()).collect();
                assert_eq!(Edge::of(n + 1, &stored).unwrap().root(), edge.root(), "{n}");
                let places: Vec<(u8, u64)> = edge.partial().map(|tile| (tile.level, tile.n)).collect();
                assert_eq!(places, Edge::places(n + 1), "{n}");
            }
        }
        let leaves = kept.iter().filter(|tile| tile.level == 0).count();
        assert_eq!((leaves, kept.iter().filter(|tile| tile.level == 1).count()), (257, 1));
    }

    #[test]
    fn tiles_of_another_size_are_no_edge() {
        let (mut edge, mut full) = (Edge::default(), Vec::new());
        for n in 0..300_u64 {
            edge.push(record_hash(&n.to_be_bytes()), &mut full);
        }
        let stored: Vec<TileAt> = edge.partial().collect();
        assert!(Edge::of(300, &stored).is_some());
        // 256 leaves end where this tree's second level begins: that tile is theirs too.
        assert!(Edge::of(256, &stored).is_some());
        for size in [299, 301, 44, 257, 65_536] {
            let same = Edge::of(size, &stored).is_some();
            assert!(!same, "{size}");
        }
        assert_eq!(Edge::of(0, &[]).unwrap().root(), EMPTY_HASH);
    }
}
