//! Counts and what they charge.

use record::Level;

use super::super::charge::{self, Charge};
use super::super::clean::{is_speck, value};
use super::super::entry::{Count, noted};
use super::super::marks::Marks;
use super::keywords::is_keyword;
use super::numbers::{count_list, count_numbers, garbled_count, with_digits, without_colon};
use super::words::charge_behind;
use super::{Body, Kind, Last};
use crate::{FlagKind, limits};

/// A flag that sheets print above a charge.
fn is_flag(text: &str) -> bool {
    [
        "ATTEMPT", "WARRANT", "BENCH", "PROB", "CITE", "SUPP", "HOLD", "ENROUTE", "FUGITIVE",
        "VIOL", "FAIL", "FTA", "WRIT", "REMAND",
    ]
    .iter()
    .any(|word| text.starts_with(word))
}

impl Body<'_> {
    /// `CNT:003-005 #45678`
    pub(super) fn count(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let known = ["CNT", "CHT", "CNI"]
            .iter()
            .find_map(|word| value(text, word));
        let Some(rest) = known
            .or_else(|| garbled_count(text))
            .or_else(|| without_colon(text))
        else {
            return false;
        };
        if known.is_none() {
            marks.flag(FlagKind::RepairedHeader, None, at, text, Some("CNT".into()));
        }
        if self.room == 0 {
            return false;
        }
        self.room -= 1;
        self.hangs(marks);
        self.update = None;
        let expected = self
            .entry
            .counts
            .last()
            .map_or(1, |count| count.highest().saturating_add(1));
        let repaired = with_digits(rest);
        if repaired.is_some() {
            let proposal = repaired.as_ref().map(|rest| format!("CNT:{rest}"));
            marks.flag(FlagKind::RepairedHeader, None, at, text, proposal);
        }
        let rest = repaired.as_deref().unwrap_or(rest);
        let (listed, rest) = match count_list(rest) {
            Some((numbers, rest)) => (Some(numbers), rest),
            None => {
                let end = rest
                    .find(|c: char| !(c.is_ascii_digit() || " -.".contains(c)))
                    .unwrap_or(rest.len());
                let (numbers, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
                // Without a sign before it a number of its own is a case number: `CNT:01 #` lost its sign.
                (count_numbers(numbers), rest)
            }
        };
        let (ranges, tail) = match listed {
            Some(listed) => listed,
            None => {
                marks.flag(
                    FlagKind::DoubtfulCountNumber,
                    None,
                    at,
                    text,
                    Some(format!("CNT:{expected:02}")),
                );
                (vec![(expected, expected)], String::new())
            }
        };
        let (first, last) = ranges.first().copied().unwrap_or((expected, expected));
        // The line of the count before, once more: one of the two is a mistake.
        let twice = self.entry.counts.last().is_some_and(|before| {
            before.is(first) && before.charge.is_none() && before.words.is_none()
        });
        if twice {
            marks.flag(FlagKind::DoubtfulCountNumber, None, at, text, None);
        }
        let mut count = Count::new(at, first, last);
        count.more = ranges.get(1..).unwrap_or_default().to_vec();
        let wide = |(first, last): (u16, u16)| last - first >= limits::RANGE;
        if count.ranges().any(wide) {
            marks.flag(FlagKind::WideRange, None, at, text, None);
            count.last = first;
            count.more.clear();
        }
        if let Some(place) = self.ahead.iter().position(|(n, _)| count.is(*n)) {
            count.charge = Some(self.ahead.remove(place).1);
        }
        self.entry.counts.push(count);
        self.last = Last::CountNumber;
        // `CNT:01 03  #A7`, `CNT:004 006`: a sign between two numbers is lost, and whether a count is missing cannot be told.
        let another = tail.len() <= 3 && rest.trim().is_empty();
        if !tail.is_empty() && (another || rest.trim_start().starts_with('#')) {
            marks.flag(FlagKind::DoubtfulCountNumber, None, at, text, None);
        }
        let rest = format!("{tail} {rest}");
        let rest = rest.trim();
        let understood = rest.is_empty()
            || self.case_number(at, rest, Last::CountNumber, marks)
            || self.charge(at, rest, Last::CountNumber, marks)
            || (!tail.is_empty()
                && self.case_number(at, &format!("#{rest}"), Last::CountNumber, marks));
        if !understood {
            // Something else stands on the count's line; a case number behind it is one all the same.
            if let Some(sign) = rest.find('#') {
                let number = rest.get(sign..).unwrap_or_default();
                self.case_number(at, number, Last::CountNumber, marks);
            }
            marks.flag(FlagKind::DoubtfulCountNumber, None, at, text, None);
        }
        self.last = Last::CountNumber;
        true
    }

    /// `#A395487`, also with a star for the sign.
    pub(super) fn case_number(
        &mut self,
        at: usize,
        text: &str,
        before: Last,
        marks: &mut Marks,
    ) -> bool {
        if before != Last::CountNumber {
            return false;
        }
        let text = text.trim_start_matches([' ', '.', ',', '\'', '·', '•', ':']);
        let Some(number) = text.strip_prefix(['#', '*']) else {
            return false;
        };
        // `*DISPO:CONVICTED`, `*459 PC-BURGLARY`, `#459 PC-BURGLARY`: the sign stands before something else.
        let numbered = self
            .entry
            .counts
            .last()
            .is_some_and(|count| count.number.is_some());
        if (numbered && text.starts_with('*'))
            || is_keyword(number)
            || (charge_behind(number).is_none()
                && charge::parse(number).is_some_and(|charge| charge.description.is_some()))
        {
            return false;
        }
        // `#L2 -ATTEMPTED -WARRANT`: the flags' own line was lost.
        let (number, flags) = match number.find(" -").and_then(|at| number.split_at_checked(at)) {
            Some((number, flags)) if is_flag(flags.trim().trim_start_matches('-')) => {
                (number, flags.trim())
            }
            _ => (number, ""),
        };
        // `#1  459 PC-BURGLARY`: the charge stands behind the number.
        let (number, charged) = charge_behind(number).unwrap_or((number, ""));
        let number = number
            .replace(['#', '.'], "")
            .trim_matches([' ', ':', '-', ','])
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let Some(count) = self.entry.counts.last_mut() else {
            return false;
        };
        if number.chars().any(char::is_alphanumeric) {
            count.number = Some(noted(number, at));
        }
        (flags.is_empty() || self.flags(at, flags, marks))
            && (charged.is_empty() || self.charge(at, charged, Last::CountNumber, marks))
    }

    /// `-WARRANT -ATTEMPTED`
    pub(super) fn flags(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let Some(flags) = text
            .strip_prefix('-')
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        else {
            return false;
        };
        // `-WARRANT 459 PC-BURGLARY`: the charge's own line was lost.
        let (flags, charged) = charge_behind(flags).unwrap_or((flags, ""));
        let attempt = flags
            .split('-')
            .any(|flag| flag.trim().starts_with("ATTEMPT"));
        let makes_a_case = self.entry.makes_a_case();
        match self.entry.counts.last_mut() {
            // A flag stands above its charge. Behind what became of the count, or before any, it is of another count.
            Some(count) if count.outcomes.is_empty() => count.attempted |= attempt,
            _ if attempt && makes_a_case => {
                self.refused = true;
                marks.flag(FlagKind::DoubtfulSection, None, at, text, None);
            }
            _ => {}
        }
        // `-ATIEMPTED`: a flag that is not known stays unread, and may have been that of an attempt.
        let strange = flags
            .split('-')
            .map(str::trim)
            .find(|flag| !flag.is_empty() && !is_flag(flag));
        if let Some(flag) = strange.filter(|_| self.entry.makes_a_case()) {
            self.refused = true;
            let differ = flag
                .chars()
                .zip("ATTEMPTED".chars())
                .filter(|(a, b)| a != b);
            if flag.len().abs_diff(9) <= 1 && differ.count() <= 3 {
                marks.flag(FlagKind::DoubtfulSection, None, at, text, None);
            }
        }
        charged.is_empty() || self.charge(at, charged, Last::Other, marks)
    }

    /// The level that a `TOC:` gives: to the count a remark names, else to the count whose line it stands on or below.
    pub(super) fn toc(&mut self, at: usize, level: Level, marks: &mut Marks) {
        let count = match self.speaks_of.take() {
            Some(number) => match self.entry.counts.iter_mut().find(|c| c.is(number)) {
                Some(count) => Some(count),
                None => return marks.flag(FlagKind::DoubtfulLevel, None, at, "", None),
            },
            None => self.entry.counts.last_mut(),
        };
        match count {
            Some(count) => match &count.toc {
                Some(known) if known.value != level => {
                    marks.flag(FlagKind::DoubtfulLevel, None, at, "", None);
                }
                Some(_) => {}
                None => count.toc = Some(noted(level, at)),
            },
            None => self.entry.toc = Some(noted(level, at)),
        }
    }

    pub(super) fn comment_charge(
        &mut self,
        at: usize,
        text: &str,
        number: Option<u16>,
        marks: &mut Marks,
    ) {
        self.speaks_of = number;
        let count = match number {
            Some(n) => self.entry.counts.iter_mut().find(|count| count.is(n)),
            None => self.entry.counts.last_mut(),
        };
        let Some(mut charge) = charge::parse(text) else {
            // `CHRG-3 ADD CNTS OF 496.1 PC`: counts that stand nowhere.
            let more = text.contains("CNTS") || text.contains("COUNTS");
            let kind = if more {
                FlagKind::FurtherCounts
            } else {
                FlagKind::SecondCharge
            };
            marks.flag(kind, None, at, text, None);
            return;
        };
        match count {
            Some(count) if count.charge.is_none() => {
                Self::charge_flags(at, &mut charge, marks);
                count.charge = Some(noted(charge, at));
            }
            // Said twice.
            Some(count)
                if count
                    .charge
                    .as_ref()
                    .is_some_and(|known| known.value.section == charge.section) => {}
            // The count it speaks of is still to come.
            None if number.is_some() => {
                Self::charge_flags(at, &mut charge, marks);
                self.ahead.extend(number.map(|n| (n, noted(charge, at))));
            }
            _ => marks.flag(
                FlagKind::SecondCharge,
                None,
                at,
                text,
                charge.section.map(|s| s.to_string()),
            ),
        }
    }

    pub(super) fn charge(
        &mut self,
        at: usize,
        text: &str,
        before: Last,
        marks: &mut Marks,
    ) -> bool {
        let squeezed: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        if squeezed.starts_with("SEECOMMENTFORCHARGE") {
            if let Some(count) = self.entry.counts.last_mut() {
                count.see_comment = true;
            }
            return true;
        }
        if squeezed.starts_with("1170H") && squeezed.contains("SENTENC") {
            if let Some(count) = self.entry.counts.last_mut() {
                count.realigned = Some(at);
            }
            return true;
        }
        let Some(mut charge) = charge::parse(text) else {
            return false;
        };
        // A section below a line of relief is whose relief it is.
        if before == Last::Disposition
            && let Some(last) = self.outcomes().last_mut()
            && charge.description.is_none()
        {
            last.text.push(' ');
            last.text.push_str(text);
            return true;
        }
        let makes_a_case = self.entry.makes_a_case();
        let open = self.update.is_none();
        if self.entry.counts.is_empty() && self.room > 0 {
            // A registration may have no count line; elsewhere it was lost, which is told.
            if makes_a_case {
                marks.flag(
                    FlagKind::DoubtfulCountNumber,
                    None,
                    at,
                    text,
                    Some("CNT:01".into()),
                );
            }
            self.room -= 1;
            self.entry.counts.push(Count::new(at, 1, 1));
        }
        let Some(count) = self.entry.counts.last_mut() else {
            return false;
        };
        // A remark named it before; its own line says the same and has the words.
        let again = count
            .charge
            .as_ref()
            .is_some_and(|known| known.line < count.line && known.value.section == charge.section);
        if again {
            count.charge = None;
        }
        let serves = matches!(self.entry.kind, Kind::Custody | Kind::Probation);
        if serves && count.charge.is_some() && self.room > 0 {
            // Its count line was lost: what follows is not of the count before.
            let next = count.highest().saturating_add(1);
            let proposal = Some(format!("CNT:{next:02}"));
            marks.flag(FlagKind::DoubtfulCountNumber, None, at, text, proposal);
            self.room -= 1;
            self.update = None;
            let mut count = Count::new(at, next, next);
            Self::charge_flags(at, &mut charge, marks);
            count.charge = Some(noted(charge, at));
            self.entry.counts.push(count);
            self.last = Last::Charge;
            return true;
        }
        if count.charge.is_some() || !count.outcomes.is_empty() || !open {
            if makes_a_case {
                let proposal = charge.section.map(|section| section.to_string());
                marks.flag(FlagKind::SecondCharge, None, at, text, proposal);
            }
            return false;
        }
        Self::charge_flags(at, &mut charge, marks);
        count.charge = Some(noted(charge, at));
        // Words between the count's line and its charge were no charge after all.
        if let Some(words) = count.words.take() {
            marks.unread(words.line);
        }
        self.last = Last::Charge;
        true
    }

    pub(super) fn charge_flags(at: usize, charge: &mut Charge, marks: &mut Marks) {
        if let Some(printed) = &charge.repaired {
            let section = charge.section.as_ref().map(ToString::to_string);
            marks.flag(FlagKind::RepairedCode, None, at, printed, section);
        }
        let text = charge.section.as_ref().map(ToString::to_string);
        let first = text
            .as_deref()
            .and_then(|text| text.split_once('('))
            .map(|(_, subdivision)| subdivision);
        // No section begins its subdivisions with these: a `B` or an `O` was misread.
        let eighth = first.is_some_and(|first| first.starts_with(['8', '0']));
        // Health and safety sections begin them with a letter: `11360(4)`, `11357(6)`.
        let letter = first.filter(|_| text.as_deref().is_some_and(|text| text.starts_with("HS ")));
        let eighth = eighth || letter.is_some_and(|first| first.starts_with(['4', '6']));
        // Behind a letter stands a number: `245(A)(L)`.
        let second =
            first
                .and_then(|first| first.split_once(")("))
                .is_some_and(|(first, second)| {
                    first.starts_with(|c: char| c.is_ascii_lowercase())
                        && second.starts_with(['i', 'l', 'o', 's', 'z'])
                });
        // Rare beginnings, each like a common one: taken with doubt. `484(4)`, `594(R)`, `243(O)`.
        let rare = first.and_then(|first| {
            [("4)", "a)"), ("r)", "a)"), ("o)", "d)")]
                .into_iter()
                .find(|(wrong, _)| first.starts_with(wrong))
        });
        if let Some((wrong, right)) = rare.filter(|_| !eighth && charge.repaired.is_none()) {
            let likely = text
                .as_deref()
                .map(|text| text.replacen(&format!("({wrong}"), &format!("({right}"), 1));
            charge.doubtful = true;
            marks.flag(FlagKind::DoubtfulSection, None, at, "", likely);
        }
        // `490.1 FC`, `22-350 VC`: a code that hardly any sheet has, a part that is hardly a section.
        if charge.repaired.is_none() && !charge.doubtful {
            let likely = text.as_deref().and_then(charge::hardly);
            charge.doubtful = likely.is_some();
            if let Some(likely) = likely {
                marks.flag(FlagKind::DoubtfulSection, None, at, "", Some(likely));
            }
        }
        if eighth || second {
            charge.likely = text
                .filter(|_| eighth)
                .map(|text| {
                    let alike = [("(8", "(b"), ("(0", "(o"), ("(4", "(a"), ("(6", "(b")];
                    let at = alike
                        .iter()
                        .filter_map(|(wrong, right)| Some((text.find(wrong)?, wrong, right)))
                        .min();
                    at.map_or(text.clone(), |(_, wrong, right)| {
                        text.replacen(wrong, right, 1)
                    })
                })
                .and_then(|text| text.parse().ok());
            charge.section = None;
            if charge.likely.is_none() {
                marks.flag(FlagKind::DoubtfulSection, None, at, "", None);
            }
        }
        if let Some(likely) = &charge.likely {
            marks.flag(
                FlagKind::DoubtfulSection,
                None,
                at,
                "",
                Some(likely.to_string()),
            );
        }
    }

    pub(super) fn free_text(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let open = self.update.is_none();
        let makes_a_case = self.entry.makes_a_case();
        match self.entry.counts.last_mut() {
            Some(count)
                if open
                    && count.charge.is_none()
                    && count.words.is_none()
                    && count.outcomes.is_empty() =>
            {
                // Three letters in a row at least: specks are no charge.
                if !text
                    .split(|c: char| !c.is_alphabetic())
                    .any(|word| word.len() >= 3)
                {
                    return false;
                }
                // A number before the words is most likely a section that was misread: `11357(A H5-POSSESS`.
                let first = text.trim_start_matches(is_speck).split(' ').next();
                let numbered = first.is_some_and(|word| {
                    word.starts_with(|c: char| c.is_ascii_digit())
                        || word.bytes().filter(u8::is_ascii_digit).count() >= 3
                });
                if (numbered || charge::names_a_code(text)) && makes_a_case {
                    marks.flag(FlagKind::DoubtfulSection, None, at, text, None);
                }
                count.words = Some(noted(text.trim_end_matches(['.', ' ']).to_owned(), at));
                true
            }
            _ => false,
        }
    }
}
