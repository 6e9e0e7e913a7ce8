//! How hard the sheets that clients take home are to read: the sentences of the packs, measured, in both languages.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::PathBuf;

/// The sentences of a file: every text of its tables but codes and lists of names, with a plain word in each place for a value.
fn sentences(file: &str) -> Vec<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("us-ca/papers")
        .join(file);
    let table: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut texts = Vec::new();
    gather(&toml::Value::Table(table), &mut texts);
    texts.iter().flat_map(|text| split(text)).collect()
}

fn gather(value: &toml::Value, texts: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => texts.push(text.clone()),
        toml::Value::Array(items) => items.iter().for_each(|item| gather(item, texts)),
        toml::Value::Table(items) => {
            for (key, item) in items {
                if !matches!(key.as_str(), "code" | "dates" | "months") {
                    gather(item, texts);
                }
            }
        }
        _ => {}
    }
}

/// Sentences of a text: whole ones only, so that labels do not make it look easier than it is.
fn split(text: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '{' => {
                inside = true;
                plain.push_str("ana");
            }
            '}' => inside = false,
            _ if inside => {}
            // An abbreviation ends no sentence.
            _ => plain.push(c),
        }
    }
    let plain = plain.replace("U.S.", "US");
    let mut all = Vec::new();
    let mut rest = plain.as_str();
    while let Some(end) = rest.find(['.', '?', '!', ':']) {
        let (sentence, after) = rest.split_at(end + 1);
        if words(sentence).len() > 1 {
            all.push(sentence.to_owned());
        }
        rest = after;
    }
    all
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphabetic() && c != '’')
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect()
}

/// Syllables of an English word: groups of vowels, but for a silent last e.
fn english(word: &str) -> usize {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let vowel = |c: &char| "aeiouy".contains(*c);
    let mut count = letters
        .chunk_by(|a, b| vowel(a) == vowel(b))
        .filter(|run| run.first().is_some_and(vowel))
        .count();
    let silent = word.ends_with('e') && !word.ends_with("le")
        || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
    if silent && count > 1 {
        count -= 1;
    }
    count.max(1)
}

/// Syllables of a Spanish word: every strong or accented vowel, and weak ones that stand beside none.
fn spanish(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    let strong = |c: char| "aeoáéíóú".contains(c);
    let weak = |c: char| "iuü".contains(c);
    let mut count = 0;
    let mut before: Option<char> = None;
    for (n, &c) in letters.iter().enumerate() {
        let last = n.checked_sub(1).and_then(|n| letters.get(n)).copied();
        // The u of que, qui, gue, gui is not heard.
        let mute = c == 'u'
            && matches!(last, Some('q' | 'g'))
            && matches!(letters.get(n + 1), Some('e' | 'i' | 'é' | 'í'));
        let heard = (strong(c) || weak(c)) && !mute;
        if !heard {
            before = None;
            continue;
        }
        let joined = before.is_some_and(|other| weak(other) || weak(c));
        if !joined {
            count += 1;
        }
        before = Some(c);
    }
    count.max(1)
}

/// Words, sentences and syllables of a file.
fn measure(file: &str, syllables: fn(&str) -> usize) -> (f64, f64, f64) {
    let sentences = sentences(file);
    assert!(
        sentences.len() > 60,
        "{file} has {} sentences",
        sentences.len()
    );
    let words: Vec<String> = sentences
        .iter()
        .flat_map(|sentence| words(sentence))
        .collect();
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    (words.len() as f64, sentences.len() as f64, syllables as f64)
}

#[test]
fn the_english_sheet_reads_at_grade_six_or_under() {
    let (words, sentences, syllables) = measure("client.en.toml", english);
    // Flesch and Kincaid, 1975.
    let grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
    println!(
        "client.en: {grade:.1} (words a sentence {:.1})",
        words / sentences
    );
    assert!(grade <= 6.0, "grade {grade:.1}");
}

#[test]
fn the_spanish_sheet_is_easy_by_both_spanish_formulas() {
    let (words, sentences, syllables) = measure("client.es.toml", spanish);
    // Fernández Huerta, 1959: 70 and more is the sixth grade or under. Szigriszt Pazos, 1993: 65 and more is primary school.
    let huerta = 206.84 - 60.0 * syllables / words - 1.02 * words / sentences;
    let szigriszt = 206.835 - 62.3 * syllables / words - words / sentences;
    println!("client.es: {huerta:.1} and {szigriszt:.1}");
    assert!(
        huerta >= 70.0 && szigriszt >= 65.0,
        "{huerta:.1} and {szigriszt:.1}"
    );
}

#[test]
fn the_measure_knows_hard_from_easy() {
    assert_eq!(
        ["court", "paper", "judge", "immigration", "asked"].map(english),
        [1, 2, 1, 4, 1]
    );
    assert_eq!(
        [
            "corte",
            "país",
            "que",
            "guerra",
            "inmigración",
            "juez",
            "leer"
        ]
        .map(spanish),
        [2, 2, 1, 2, 4, 1, 2]
    );
    let hard = split(
        "Notwithstanding the aforementioned considerations, petitioner respectfully requests redesignation.",
    );
    let words: Vec<String> = hard.iter().flat_map(|sentence| words(sentence)).collect();
    let syllables: usize = words.iter().map(|word| english(word)).sum();
    let grade = 0.39 * words.len() as f64 + 11.8 * syllables as f64 / words.len() as f64 - 15.59;
    assert!(grade > 15.0, "{grade}");
}
