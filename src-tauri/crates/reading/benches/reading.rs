//! How long a sheet takes: target under 10 ms for 50 counts, and under 5 ms for a page.

use divan::Bencher;
use packs::Packs;

fn main() {
    divan::main();
}

/// A sheet of `counts` counts, five to a case.
fn sheet(counts: usize) -> String {
    let mut text = String::from("CII/A90000300\nDOB/19750505 SEX/M RAC/WHITE\nNAM/01 BENCH,MARK\n");
    for case in 0..counts / 5 {
        text.push_str(&format!(
            "* * * *\nARR/DET/CITE:         NAM:01  DOB:19750505\n20050211  CAPD FRESNO\n\nCNT:01     #05-{case}\n  11360(A) HS-SELL MARIJUANA\n- - - -\nCOURT:                NAM:01\n20050601  CASC LOS ANGELES SN FERNDO\n\n"
        ));
        for count in 1..=5 {
            text.push_str(&format!(
                "CNT:{count:02}     #F{case}\n  11360(A) HS-SELL/TRANSPORT MARIJUANA TOC:F\n*DISPO:CONVICTED\n   CONV STATUS:FELONY\n   SEN: 3 YEARS PROBATION, 90 DAYS JAIL,\n        FINE, RESTN\n\n20100101\n DISPO:CONV SET ASIDE & DISM PER 1203.4 PC\n"
            ));
        }
    }
    text.push_str("     *    *    *    END OF MESSAGE    *    *    *\n");
    text
}

#[divan::bench(args = [50, 500, 2000])]
fn text_sheet(bencher: Bencher<'_, '_>, counts: usize) {
    let packs = Packs::builtin().expect("the program's own packs");
    let text = sheet(counts);
    bencher.bench(|| reading::read(text.as_bytes(), packs).expect("a sheet"));
}

/// What stands on one page: 60 lines.
#[divan::bench]
fn text_page(bencher: Bencher<'_, '_>) {
    let packs = Packs::builtin().expect("the program's own packs");
    let page: Vec<String> = sheet(10).lines().take(60).map(str::to_owned).collect();
    let page = page.join("\n");
    bencher.bench(|| reading::read(page.as_bytes(), packs).expect("a sheet"));
}
