//! What SQLite and SQLCipher find wrong with a database, in words: they name pages, trees and counts of entries, which tell whoever keeps a
//! clinic's laptop nothing. Their own text stands behind the words, for whoever helps.

/// So many of their lines stand behind one of ours.
const SHOWN: usize = 3;

/// One line for each thing that is wrong, with what was found of it.
pub(crate) fn in_words(found: Vec<String>) -> Vec<String> {
    let mut faults: Vec<(String, Vec<&str>)> = Vec::new();
    // A heading says which of several databases the next lines are about; here there is one.
    for line in (found.iter())
        .flat_map(|text| text.lines())
        .filter(|line| !line.is_empty() && !line.starts_with("***"))
    {
        let means = meaning(line);
        match faults.iter_mut().find(|(known, _)| *known == means) {
            Some((_, lines)) => lines.push(line),
            None => faults.push((means, vec![line])),
        }
    }
    let told = faults.into_iter().map(|(means, lines)| {
        let shown = lines.iter().take(SHOWN).copied().collect::<Vec<_>>();
        let more = match lines.len() - shown.len() {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        format!("{means} ({}{more})", shown.join("; "))
    });
    told.collect()
}

/// Whether a line is about the index of words and about nothing else.
pub(crate) fn is_of_the_index_of_words(line: &str) -> bool {
    line.contains("inverted index for FTS5 table main.client_words")
}

fn meaning(line: &str) -> String {
    let last = line.rsplit(' ').next().unwrap_or_default();
    if line.contains("missing from index")
        || line.starts_with("wrong # of entries in index")
        || line.starts_with("non-unique entry in index")
    {
        format!("the database's index {last} does not fit its table: lists may leave somebody out")
    } else if is_of_the_index_of_words(line) {
        "the database's index of words does not fit its clients: a search may leave somebody out"
            .to_owned()
    } else if line.contains("verification failed for page") || line.contains("invalid size") {
        "pages of the database are not as they were written: the disk damaged them, or something else changed them"
            .to_owned()
    } else if line.contains("value in ") || line.contains("constraint failed in") {
        "a table of the database holds what this program does not write".to_owned()
    } else {
        "the database's pages do not belong together: some are of another day, or were lost"
            .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_fault_is_one_line_in_words_with_the_exact_text_behind_it() {
        let found = [
            "*** in database main ***\nPage 74: never used\nTree 5 page 9 cell 0: 2nd reference to page 8",
            "row 13 missing from index client_by_sort",
            "row 14 missing from index client_by_sort",
            "row 15 missing from index client_by_sort",
            "row 16 missing from index client_by_sort",
            "wrong # of entries in index client_by_sort",
            "wrong # of entries in index sqlite_autoindex_gone_1",
            "malformed inverted index for FTS5 table main.client_words",
            "HMAC verification failed for page 7",
            "NULL value in client.name",
        ];
        let told = in_words(found.map(str::to_owned).to_vec());
        let expected = [
            (
                "pages do not belong together",
                "(Page 74: never used; Tree 5 page 9 cell 0: 2nd reference to page 8)",
            ),
            (
                "index client_by_sort does not fit",
                "(row 13 missing from index client_by_sort; row 14 missing from index client_by_sort; row 15 missing from index client_by_sort; and 2 more)",
            ),
            (
                "index sqlite_autoindex_gone_1 does not fit",
                "(wrong # of entries in index sqlite_autoindex_gone_1)",
            ),
            (
                "a search may leave somebody out",
                "(malformed inverted index for FTS5 table main.client_words)",
            ),
            (
                "the disk damaged them",
                "(HMAC verification failed for page 7)",
            ),
            (
                "what this program does not write",
                "(NULL value in client.name)",
            ),
        ];
        assert_eq!(told.len(), expected.len(), "{told:?}");
        for (line, (words, exact)) in told.iter().zip(expected) {
            assert!(line.contains(words) && line.ends_with(exact), "{line}");
            assert!(!line.contains('\n') && !line.contains("***"), "{line}");
        }
        assert_eq!(in_words(Vec::new()), Vec::<String>::new());
    }
}
