//! What our columns mean: the names that the tables carry, each with its words.

/// A column: its name, and what stands in it.
pub type Column = (&'static str, &'static str);

/// What the table of determinations says first: whose conviction, and where its row stands.
pub const WHOSE: [Column; 14] = [
    (
        "subject_id",
        "the person's key in the export; the state's number where it has none",
    ),
    ("count", "the count's twelve digits: cycle, step, count"),
    ("cii_number", "the state's number of the person"),
    ("name", "the name, family name first, as the row prints it"),
    ("born", "the birth date as the row prints it"),
    ("sex", "as the row prints it"),
    ("race", "as the row prints it"),
    (
        "citizenship",
        "the list of citizenships as the row prints it: an attorney weighs what relief does abroad",
    ),
    ("court", "the agency of the row"),
    ("file", "the file that the row stands in"),
    ("line", "its line there, from 1"),
    (
        "proof",
        "every step of the law's answer: yes, no or open, with its citation",
    ),
    (
        "verification",
        "how far attorneys have confirmed the rule that answered",
    ),
    ("attempt", "yes: the conviction is of an attempt"),
];

/// What every table says beside a conviction.
pub const SAID: [Column; 25] = [
    (
        "determination",
        "dismiss, reduce, review (a person must look), not_eligible or already_granted",
    ),
    (
        "relief",
        "the relief that the statute gives, by its code, where that is what is asked for and no open fact changes it",
    ),
    (
        "decided_by",
        "law, policy, data (the export leaves it open) or hand (a person decided)",
    ),
    ("reason", "why, in a sentence"),
    ("citation", "what the reason rests on"),
    (
        "law_says",
        "the law's own determination, whatever the policy; blank where the law was not asked",
    ),
    ("law_reason", "what that answer rests on"),
    (
        "policy_says",
        "what the policy asks for and the rule that says so, or the facts that it turns on; blank where no rule applies",
    ),
    (
        "fallback",
        "the relief left if the other side proves what is presumed; blank where nothing would be left, or nothing is presumed",
    ),
    (
        "questions",
        "facts that the answer turns on and the export does not give, separated by semicolons",
    ),
    (
        "doubts",
        "where the rows contradict themselves, or say too little",
    ),
    (
        "review_points",
        "what a lawyer must look at beside that, each with its citation",
    ),
    (
        "case_number",
        "the court's numbers of the case, separated by semicolons",
    ),
    (
        "section",
        "the section convicted of; blank where it is not certain",
    ),
    ("level", "felony, misdemeanor, infraction or unknown"),
    (
        "convicted_on",
        "the day of the conviction, as far as it is known",
    ),
    (
        "sentence_running",
        "yes: the sentence ends after the day asked about; unknown: a length is missing; blank: over by the rows",
    ),
    (
        "years_since_conviction",
        "years to the day asked about, with one decimal, cut off",
    ),
    (
        "years_since_any_conviction",
        "the same from the last conviction of anything, in any county",
    ),
    (
        "convictions",
        "the person's convictions in these files, of anything, in any county",
    ),
    ("felonies", "felonies among them"),
    (
        "convictions_of_these_sections",
        "those of the policy's sections among them",
    ),
    ("registered", "duties to register, by section"),
    ("deceased", "yes: a row says that the person died"),
    (
        "also_mentioned",
        "another of the sections that the comment names",
    ),
];

/// The names alone.
pub(crate) const fn names<const N: usize>(columns: &[Column; N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut n = 0;
    while n < N {
        names[n] = columns[n].0;
        n += 1;
    }
    names
}
