//! The packs inside the program hold together, and broken ones are refused where they are broken.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use packs::Packs;
use packs::section::Fit;

#[test]
fn the_packs_inside_the_program_load() {
    let packs = Packs::builtin().unwrap_or_else(|error| panic!("{error}"));
    let pack = packs.pack("us-ca").unwrap();
    assert!(pack.courts.is_some() && pack.wordings.is_some());
    assert!(pack.worked_cases().unwrap().len() > 50);
    assert!(packs.pack("us-zz").is_none());
}

#[test]
fn every_route_says_what_it_does() {
    use record::clinic::Language;
    for pack in Packs::builtin().unwrap().iter() {
        for language in [Language::En, Language::Es] {
            let words = pack.texts.of(language);
            let said: Vec<&String> = words.effect.keys().collect();
            assert_eq!(said, words.route.keys().collect::<Vec<_>>(), "{}", pack.id);
        }
    }
}

/// Ways that somebody asks for and that have no paper of ours yet, and why.
const WITHOUT_PAPER: [(&str, &str); 2] = [
    (
        "us-ca/hsc-11361.5",
        "records from before 1976: the state's own application, of which the facts hold neither form nor contents",
    ),
    (
        "us-mi/marihuana-misdemeanor",
        "the state's form is named; what its courts want on a paper of the filer's own the facts do not say",
    ),
];

#[test]
fn every_way_that_is_asked_for_has_a_paper_of_ours() {
    use packs::route::Kind;
    use record::findings::{Mode, RouteId, Status};
    let mut without = Vec::new();
    for pack in Packs::builtin().unwrap().iter() {
        for route in &pack.routes {
            let id = RouteId(format!("{}/{}", pack.id, route.id));
            let is = |status: Status, grant: &packs::door::Grant| {
                grant.status == status && grant.relief.is_some()
            };
            let (asked, owed) = match &route.kind {
                Kind::Rules(_) => (true, false),
                // What another route asks for, done without anybody asking.
                Kind::Automatic(_) => (false, true),
                Kind::Door(door) => {
                    let mut grants = door.grants.iter();
                    let automatic = Some(Mode::Automatic);
                    let asked = grants
                        .clone()
                        .any(|grant| is(Status::Eligible, grant) && grant.mode != automatic);
                    (asked, grants.any(|grant| is(Status::LikelyDone, grant)))
                }
            };
            let papers = pack.papers.as_ref().map(|papers| &papers.filing);
            let made = papers.is_some_and(|filing| filing.serves(&id, false));
            if asked && !made {
                without.push(id.0.clone());
            }
            // A court is asked for what it was to do by itself only where the law says that it was to.
            let asks_owed = papers.is_some_and(|filing| filing.is_owed(&id));
            assert!(owed || !asks_owed, "{id:?}");
            // A lawyer's own call gets no paper of the program's.
            assert!(asked || !made, "{id:?} has a paper and is never open");
        }
    }
    without.sort();
    let known: Vec<&str> = WITHOUT_PAPER.iter().map(|(id, _)| *id).collect();
    assert_eq!(without, known);
}

#[test]
fn a_paper_has_all_its_words_in_both_languages() {
    use record::clinic::Language;
    for pack in Packs::builtin().unwrap().iter() {
        let Some(papers) = &pack.papers else { continue };
        let filing = &papers.filing;
        for motion in &filing.motion {
            for route in std::iter::once(&motion.route).chain(&motion.also) {
                let id = route.0.strip_prefix(&format!("{}/", pack.id)).unwrap();
                assert!(pack.route(id).is_some(), "{id}");
            }
            for relief in &motion.order_options {
                let what = format!("{:?} of {}", relief, motion.route.0);
                let ask = motion.request.contains_key(relief);
                assert!(ask || filing.body.request.contains_key(relief), "{what}");
                let order = motion.order_option.contains_key(relief);
                assert!(order || filing.order.option.contains_key(relief), "{what}");
                assert!(papers.cover.relief.contains_key(relief), "{what}");
                for language in [Language::En, Language::Es] {
                    assert!(papers.client(language).ask.contains_key(relief), "{what}");
                }
            }
            for line in &motion.fill {
                let label = line.text.as_str().trim_end_matches(':').to_owned();
                assert_ne!(papers.blank(Language::Es, &label), label);
            }
            // What is not read is checked, and what asks for the record of a case stands beside what else is asked.
            assert!(!motion.not_done || motion.check.is_some());
        }
    }
}

#[test]
fn a_folder_loads_like_the_pack_inside_the_program() {
    let inside = Packs::builtin().unwrap();
    for dir in [source(), source().parent().unwrap().to_path_buf()] {
        let outside = Packs::load(&dir).unwrap_or_else(|error| panic!("{error}"));
        let (a, b) = (
            inside.pack("us-ca").unwrap(),
            outside.pack("us-ca").unwrap(),
        );
        assert_eq!(a.stamp(), b.stamp());
        assert_eq!(a.routes.len(), b.routes.len());
    }
}

#[test]
fn every_spelling_of_an_offense_is_found_on_its_day() {
    let pack = Packs::builtin().unwrap().pack("us-ca").unwrap();
    let day = |year| jiff::civil::date(year, 6, 1);
    let named = |section: &str, year| {
        let charge = pack.codes.charge(section).unwrap();
        let mut found: Vec<String> = pack
            .offenses
            .matching(&charge)
            .filter(|(_, form, fit)| {
                *fit == Fit::Yes
                    && form.from.is_none_or(|from| from <= day(year))
                    && form.until.is_none_or(|until| day(year) < until)
            })
            .map(|(id, ..)| pack.offenses.get(id).id.clone())
            .collect();
        assert!(found.len() <= 1, "{section} in {year} is {found:?}");
        found.pop().unwrap_or_default()
    };
    for section in [
        "HS 11357(b)",
        "HSC 11357(B)",
        "11357(b) HS",
        "H&S 11357 (b)",
    ] {
        assert_eq!(named(section, 2005), "former-11357-b", "{section}");
        assert_eq!(named(section, 2018), "offense-under-the-act", "{section}");
    }
    assert_eq!(named("HS 11357", 1975), "11357-before-1976");
    assert_eq!(named("HS 11357", 2005), "");
    assert_eq!(named("HS 11357.5", 2012), "synthetic");
    assert_eq!(named("HS 11360(a)", 2015), "former-11360-a");
    assert_eq!(named("HS 11360(a)", 2016), "11360-a-of-2016");
    assert_eq!(named("PC 182(a)(1)", 2010), "conspiracy");
    assert_eq!(named("VC 23152(a)", 2010), "");
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("us-ca")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

// Loads the pack with one text of one file changed; the refusal, with the folder's name left out.
fn refusal(file: &str, from: &str, to: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    copy(&source(), dir.path());
    let path = dir.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "`{from}` does not stand in {file}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    let error = Packs::load(dir.path())
        .and_then(|packs| packs.pack("us-ca").unwrap().worked_cases())
        .err()
        .unwrap_or_else(|| panic!("{to} was taken"));
    error
        .to_string()
        .replace(&format!("{}/", dir.path().display()), "")
}

fn line(file: &str, of: &str) -> usize {
    let text = fs::read_to_string(source().join(file)).unwrap();
    1 + text.split_once(of).unwrap().0.matches('\n').count()
}

#[test]
fn a_mistake_is_named_with_its_line_and_the_nearest_word() {
    let prop = "routes/prop-64.toml";
    let cases = [
        (
            prop,
            "[[gate]]\nid = \"court\"\ntest",
            "[[gate]]\nid = \"court\"\ntset",
            "the key `tset` is not known; the nearest is `test`",
        ),
        (
            prop,
            "test = { court = ",
            "test = { cuort = ",
            "the key `cuort` is not known; the nearest is `court`",
        ),
        (
            prop,
            "cite = \"act-in-force\"",
            "cite = \"act-in-farce\"",
            "citation `act-in-farce` is not known; the nearest is `act-in-force`",
        ),
        (
            prop,
            "say = \"after-the-act\"",
            "say = \"after-the-fact\"",
            "the reason's text `after-the-fact` is not known; the nearest is `after-the-act`",
        ),
        (
            prop,
            "prior = { in = \"super-strike\" }",
            "prior = { in = \"super-strick\" }",
            "list `super-strick` is not known; the nearest is `super-strike`",
        ),
        (
            prop,
            "of = [\"former-11357-a\"], age = \"<18\"",
            "of = [\"former-11357-z\"], age = \"<18\"",
            "offense `former-11357-z` is not known; the nearest is `former-11357-a`",
        ),
        (
            prop,
            "age = \"18-20\"",
            "age = \"20-18\"",
            "`20-18` is no age",
        ),
        (
            prop,
            "code = \"after_the_act\"",
            "code = \"after_the_fact\"",
            "the word `after_the_fact` is not known; the nearest is `after_the_act`",
        ),
        (
            prop,
            "unless = [\"super-strike-grow\"",
            "unless = [\"super-strike-grew\"",
            "exception `super-strike-grew` is not known; the nearest is `super-strike-grow`",
        ),
        (
            "limits.toml",
            "flower = \"<= 28.5 g\"",
            "flower = \"< 28.5 g\"",
            "`< 28.5 g` is no limit",
        ),
        (
            "offenses.toml",
            "section = \"HS 11359\", until",
            "section = \"11359\", until",
            "`11359` is not a section",
        ),
        (
            "routes/hsc-11361.9.toml",
            "like = \"prop-64\"",
            "like = \"prop-65\"",
            "route `prop-65` is not known; the nearest is `prop-64`",
        ),
        (
            "text/en.toml",
            "Age {age} on",
            "Age {aeg} on",
            "the word in braces `aeg` is not known; the nearest is `age`",
        ),
        (
            "text/es.toml",
            "check_first = ",
            "check_fist = ",
            "`warning.check_first` is missing in Spanish",
        ),
        (
            "pack.toml",
            "engine = 1",
            "engine = 99",
            "this pack needs engine 99; this program has engine 1",
        ),
        (
            "cases/plants.toml",
            "route = \"prop-64\"",
            "route = \"prop-6\"",
            "route `prop-6` is not known; the nearest is `prop-64`",
        ),
        (
            "sources.toml",
            "status = \"read\"",
            "status = \"attorney_approved\"",
            "an approval says `by` whom",
        ),
    ];
    for (file, from, to, expected) in cases {
        let refused = refusal(file, from, to);
        assert!(
            refused.contains(expected),
            "{refused}\nshould say: {expected}"
        );
        assert!(
            refused.starts_with(&format!("{file}:")),
            "{refused}\nshould name {file}"
        );
    }
    let at = line(prop, "code = \"after_the_act\"");
    let refused = refusal(
        prop,
        "code = \"after_the_act\"",
        "code = \"after_the_fact\"",
    );
    assert!(
        refused.starts_with(&format!("{prop}:{at}:")),
        "{refused} is not line {at}"
    );
}

#[test]
fn rows_that_overlap_or_leave_a_gap_are_refused() {
    let prop = "routes/prop-64.toml";
    let row = "{ of = [\"former-11359\"], age = \"18-20\"";
    let gap = refusal(prop, row, "{ of = [\"former-11359\"], age = \"19-20\"");
    assert!(
        gap.contains("0 rows decide `former-11359` at age 18"),
        "{gap}"
    );
    let overlap = refusal(prop, row, "{ of = [\"former-11359\"], age = \"18-21\"");
    assert!(
        overlap.contains("2 rows decide `former-11359` at age 21"),
        "{overlap}"
    );
    let gone = refusal(
        "offenses.toml",
        "until = \"2014-11-05\", levels",
        "until = \"2014-12-05\", levels",
    );
    assert!(gone.contains("on one day"), "{gone}");
}

#[test]
fn a_huge_file_and_a_missing_one_are_refused_unread() {
    let dir = tempfile::tempdir().unwrap();
    copy(&source(), dir.path());
    let path = dir.path().join("routes/prop-64.toml");
    fs::File::create(&path).unwrap().set_len(50 << 20).unwrap();
    let refused = Packs::load(dir.path()).err().unwrap().to_string();
    assert!(refused.contains("52428800 bytes"), "{refused}");
    fs::remove_file(&path).unwrap();
    fs::remove_file(dir.path().join("sources.toml")).unwrap();
    let refused = Packs::load(dir.path()).err().unwrap().to_string();
    assert!(refused.contains("sources.toml: missing"), "{refused}");
    assert!(Packs::load(&dir.path().join("nowhere")).is_err());
}

#[test]
fn a_part_of_a_route_is_found_in_its_file() {
    let packs = Packs::builtin().unwrap();
    for pack in packs.iter() {
        for route in &pack.routes {
            let place = pack.place(&route.id, "route", 0);
            assert!(place.file.contains(&route.id), "{place}");
        }
        for case in pack.worked_cases().unwrap() {
            assert!(case.place.file.contains("cases/") && case.place.line > 0);
            assert!(case.expect.iter().all(|e| e.place.line > case.place.line));
        }
    }
    let pack = packs.pack("us-ca").unwrap();
    let text = |place: &packs::Place| {
        let file = pack
            .texts_of_files()
            .find(|(name, _)| place.file.ends_with(name))
            .unwrap();
        file.1.lines().nth(place.line - 1).unwrap().to_owned()
    };
    assert!(text(&pack.place("prop-64", "row", 3)).contains("is ="));
    assert!(text(&pack.place("prop-64", "gate", 1)).starts_with("[[gate]]"));
}

#[test]
fn the_book_holds_every_route_list_citation_and_case() {
    let packs = Packs::builtin().unwrap();
    let book = packs::book::print(packs);
    for pack in packs.iter() {
        for route in &pack.routes {
            assert!(
                book.contains(&format!("### {}: ", route.id)),
                "{}",
                route.id
            );
        }
        for list in pack.offenses.lists() {
            assert!(book.contains(&list.id) && book.contains(&list.about));
        }
        for (_, source) in pack.sources.iter() {
            assert!(book.contains(&source.full.replace('|', "\\|")));
        }
        for case in pack.worked_cases().unwrap() {
            assert!(book.contains(&format!("**{}** {}", case.id, case.title)));
        }
    }
}
