//! The command line of the app.

use std::ffi::OsString;
use std::path::PathBuf;

/// What the command line chose.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Options {
    /// Made-up clients in a folder that vanishes; no other folder can be opened then.
    pub training: bool,
    /// The folder of the office; the platform's own place for an app's data unless given.
    pub data: Option<PathBuf>,
    /// The folder where packets are saved without asking, for offices with one fixed place.
    pub packets: Option<PathBuf>,
}

/// Why there is no window.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Usage {
    /// `--help`.
    Help,
    /// `--version`.
    Version,
    /// Something the program does not understand, in words.
    Wrong(String),
}

impl Usage {
    /// The help text.
    pub const TEXT: &str = "usage: relief-desk [--training | --data DIR] [--packets DIR]

  --training      made-up clients in a folder that vanishes when the program ends
  --data DIR      keep the office in DIR instead of your own data folder
  --packets DIR   save packets in DIR without asking where
  --version       print the version";
}

impl Options {
    /// Reads the arguments after the program's name.
    ///
    /// # Errors
    /// [`Usage`] where there is to be no window.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Usage> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let mut folder = || {
                arguments
                    .next()
                    .filter(|folder| !folder.is_empty())
                    .map(PathBuf::from)
                    .ok_or_else(|| Usage::Wrong("a folder is missing".into()))
            };
            match argument.to_str() {
                Some("--training") => options.training = true,
                Some("--data") => options.data = Some(folder()?),
                Some("--packets") => options.packets = Some(folder()?),
                Some("--help" | "-h") => return Err(Usage::Help),
                Some("--version" | "-V") => return Err(Usage::Version),
                _ => {
                    return Err(Usage::Wrong(format!(
                        "`{}` is not understood",
                        argument.to_string_lossy()
                    )));
                }
            }
        }
        if options.training && options.data.is_some() {
            return Err(Usage::Wrong(
                "training opens no office: --training and --data exclude each other".into(),
            ));
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, Usage> {
        Options::parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn nothing_said_opens_the_usual_office() {
        assert_eq!(parse(&[]), Ok(Options::default()));
    }

    #[test]
    fn folders_are_taken_as_given() {
        let options = parse(&["--data", "/office one", "--packets", "out"]).unwrap();
        assert_eq!(options.data, Some("/office one".into()));
        assert_eq!(options.packets, Some("out".into()));
        assert!(!options.training);
    }

    #[test]
    fn training_opens_no_office() {
        assert!(matches!(
            parse(&["--training", "--data", "office"]),
            Err(Usage::Wrong(_))
        ));
        assert!(parse(&["--training"]).unwrap().training);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for wrong in [&["--data"][..], &["--data", ""], &["--dta", "x"], &["x"]] {
            assert!(matches!(parse(wrong), Err(Usage::Wrong(_))), "{wrong:?}");
        }
    }
}
