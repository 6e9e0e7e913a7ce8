//! Pages as pictures, beside approved ones: what moves, vanishes or runs over is seen, also where every word is still there.
//!
//! The pictures are small and compared with a tolerance: another version of poppler smooths letters in another way. To approve what the
//! pages look like now, look at them and run with `APPROVE_PICTURES=1`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::*;
use papers::{Paper, PaperKind};
use serde_json::json;

/// Dots an inch.
const DOTS: &str = "18";
/// A picture is compared tile by tile, so that a line that moved is not lost in a page.
const TILE: usize = 12;
/// How far the lightness of a tile may be off, of 255.
const OFF: i32 = 28;

/// A page in shades of gray.
struct Picture {
    wide: usize,
    dots: Vec<u8>,
}

impl Picture {
    /// Reads a raw portable graymap: three words and a line end, then one byte a dot.
    fn read(bytes: &[u8]) -> Self {
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let head = ends.map(|(at, _)| at + 1).nth(2).unwrap();
        let words = String::from_utf8_lossy(&bytes[..head]).into_owned();
        let words: Vec<&str> = words.split_whitespace().collect();
        assert_eq!((words[0], words[3]), ("P5", "255"));
        Self {
            wide: words[1].parse().unwrap(),
            dots: bytes[head..].to_vec(),
        }
    }

    /// The mean lightness of each tile.
    fn tiles(&self) -> Vec<i32> {
        let across = self.wide.div_ceil(TILE);
        let tall = self.dots.len() / self.wide;
        let mut sums = vec![(0, 0); across * tall.div_ceil(TILE)];
        for (at, dot) in self.dots.iter().enumerate() {
            let (x, y) = (at % self.wide, at / self.wide);
            let (sum, count) = &mut sums[y / TILE * across + x / TILE];
            *sum += i32::from(*dot);
            *count += 1;
        }
        sums.into_iter().map(|(sum, count)| sum / count).collect()
    }

    /// How many tiles look different.
    fn differs(&self, other: &Self) -> usize {
        let (one, two) = (self.tiles(), other.tiles());
        if one.len() != two.len() {
            return one.len().max(two.len());
        }
        let tiles = one.into_iter().zip(two);
        tiles.filter(|(one, two)| (one - two).abs() > OFF).count()
    }
}

/// Every page of a paper.
fn drawn(paper: &Paper) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    fs::write(&file, &paper.bytes).unwrap();
    let done = Command::new("pdftoppm")
        .args(["-gray", "-r", DOTS])
        .arg(&file)
        .arg(folder.path().join("page"))
        .status();
    assert!(done.unwrap().success(), "pdftoppm (poppler-utils)");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pgm"))
        .collect();
    pages.sort();
    pages.iter().map(|page| fs::read(page).unwrap()).collect()
}

fn approved(name: &str, page: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    folder.join(format!("{name}-{page}.pgm"))
}

fn compare(name: &str, paper: &Paper) {
    let pages = drawn(paper);
    assert_eq!(pages.len(), paper.pages);
    for (n, bytes) in (1..).zip(&pages) {
        let path = approved(name, n);
        if std::env::var_os("APPROVE_PICTURES").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
        }
        let known = fs::read(&path).unwrap_or_else(|_| panic!("no approved {}", path.display()));
        let off = Picture::read(bytes).differs(&Picture::read(&known));
        assert_eq!(off, 0, "{name}, page {n}: places that look different");
    }
    let next = approved(name, pages.len() + 1);
    assert!(!next.exists(), "a page of {name} is gone");
}

#[test]
fn pages_look_as_approved() {
    let packet = Client::shared();
    for kind in [
        PaperKind::Cover,
        PaperKind::Application,
        PaperKind::Order,
        PaperKind::Service,
        PaperKind::Signing,
        PaperKind::Client,
    ] {
        compare(kind.as_str(), paper(packet, kind));
    }
}

#[test]
fn a_clients_large_print_and_a_declaration_look_as_approved() {
    let mut client = Client::new();
    client.answers["contact"]["large_print"] = json!(true);
    client.answers["declare"] = json!([{
        "case": 0, "count": 0, "language": "Spanish",
        "text": "Trabajo en un taller desde 2015.", "english": "I have worked in a shop since 2015.",
    }]);
    let packet = client.packet();
    compare("declaration", paper(&packet, PaperKind::Declaration));
    let large = packet
        .besides
        .iter()
        .find(|paper| paper.kind == PaperKind::ClientLarge);
    compare("large-print", large.unwrap());
}

#[test]
fn a_page_that_changed_is_seen() {
    let packet = Client::shared();
    let order = drawn(paper(packet, PaperKind::Order));
    let order = Picture::read(&order[0]);
    // A line moved by one of its own height, and a word that is gone.
    let down = order.wide * 6;
    let moved = Picture {
        wide: order.wide,
        dots: [
            &order.dots[order.dots.len() - down..],
            &order.dots[..order.dots.len() - down],
        ]
        .concat(),
    };
    assert!(order.differs(&moved) > 3);
    let mut gone = Picture {
        wide: order.wide,
        dots: order.dots.clone(),
    };
    let darkest = order
        .tiles()
        .into_iter()
        .enumerate()
        .min_by_key(|(_, tile)| *tile);
    let (tile, _) = darkest.unwrap();
    let across = order.wide.div_ceil(TILE);
    for y in 0..TILE {
        for x in 0..TILE {
            let at = (tile / across * TILE + y) * order.wide + tile % across * TILE + x;
            if let Some(dot) = gone.dots.get_mut(at) {
                *dot = 255;
            }
        }
    }
    assert!(order.differs(&gone) >= 1);
}
