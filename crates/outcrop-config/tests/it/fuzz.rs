//! Any bytes: those of `tests/corpus`, those of the sample files, both of them mutilated at random,
//! and random ones. A text that once broke the loader belongs into `tests/corpus`.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use outcrop_config::load;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::assert_sound;

/// Reads bytes as `outcrop` reads a file, what is not UTF-8 replaced.
#[track_caller]
fn read(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let loaded = load(&text);
    assert_sound(&text, &loaded);
    let again = load(&text);
    assert_eq!(loaded.diagnostics, again.diagnostics);
}

/// The bytes of every file of the corpus and of the samples.
fn corpus() -> &'static [Vec<u8>] {
    static CORPUS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let folders = [
            "corpus",
            "configs/valid",
            "configs/invalid",
            "configs/malformed",
        ];
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        let files = folders
            .iter()
            .flat_map(|folder| fs::read_dir(tests.join(folder)).unwrap());
        let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        paths.retain(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        });
        paths.sort();
        paths.iter().map(|path| fs::read(path).unwrap()).collect()
    })
}

#[test]
fn every_file_of_the_corpus_is_read() {
    let corpus = corpus();
    assert!(corpus.len() > 100);
    for bytes in corpus {
        read(bytes);
        read(&[b"\xef\xbb\xbf", &bytes[..]].concat());
    }
}

/// One thing that befalls a file.
#[derive(Clone, Debug)]
enum Mutilation {
    Cut(Index, u8),
    Repeat(Index, u8),
    Insert(Index, &'static [u8]),
    Flip(Index, u8),
    End(Index),
    Splice(Index, Index, Index),
}

fn mutilation() -> impl Strategy<Value = Mutilation> {
    let pieces: Vec<&[u8]> = vec![
        b"\r",
        b"\n",
        b"\t",
        b"\0",
        b"\xff",
        b"\xc3",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xa8",
        b": ",
        b"- ",
        b"? ",
        b"<<: ",
        b"&a ",
        b"*a",
        b"!!str ",
        b"[",
        b"]",
        b"{",
        b"}",
        b"'",
        b"\"",
        b"#",
        b"---\n",
        b"...\n",
        b"|\n",
        b"%YAML 1.2\n",
        b"1e400",
        b"99999999999999999999",
        b"~",
        b"\xc2\xa0",
        b"\\x",
    ];
    let at = any::<Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, length)| Mutilation::Cut(at, length)),
        (at(), any::<u8>()).prop_map(|(at, length)| Mutilation::Repeat(at, length)),
        (at(), prop::sample::select(pieces)).prop_map(|(at, piece)| Mutilation::Insert(at, piece)),
        (at(), any::<u8>()).prop_map(|(at, byte)| Mutilation::Flip(at, byte)),
        at().prop_map(Mutilation::End),
        (at(), at(), at()).prop_map(|(at, other, from)| Mutilation::Splice(at, other, from)),
    ]
}

fn mutilate(bytes: &mut Vec<u8>, mutilation: &Mutilation) {
    let length = bytes.len() + 1;
    match mutilation {
        Mutilation::Cut(at, count) => {
            let at = at.index(length);
            let end = (at + usize::from(*count)).min(bytes.len());
            bytes.drain(at..end);
        }
        Mutilation::Repeat(at, count) => {
            let at = at.index(length);
            let end = (at + usize::from(*count)).min(bytes.len());
            let again = bytes[at..end].to_vec();
            bytes.splice(end..end, again);
        }
        Mutilation::Insert(at, piece) => {
            let at = at.index(length);
            bytes.splice(at..at, piece.iter().copied());
        }
        Mutilation::Flip(at, byte) => {
            let at = at.index(length);
            if let Some(flipped) = bytes.get_mut(at) {
                *flipped ^= byte;
            }
        }
        Mutilation::End(at) => bytes.truncate(at.index(length)),
        Mutilation::Splice(at, other, from) => {
            let other = other.get(corpus());
            bytes.truncate(at.index(length));
            bytes.extend(&other[from.index(other.len() + 1)..]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn mutilated_files_are_read(
        file in any::<Index>(),
        mutilations in prop::collection::vec(mutilation(), 1..6),
    ) {
        let mut bytes = file.get(corpus()).clone();
        for mutilation in &mutilations {
            mutilate(&mut bytes, mutilation);
        }
        read(&bytes);
    }

    #[test]
    fn random_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes);
    }
}
