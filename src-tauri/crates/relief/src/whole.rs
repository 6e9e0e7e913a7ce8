//! Files that appear whole or not at all, in a folder that may hold other people's files too.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Files being written beside their final place. Dropped without [`Staged::publish`], they are removed again.
pub(crate) struct Staged {
    folder: PathBuf,
    part: PathBuf,
    names: Vec<String>,
}

impl Staged {
    /// Starts writing into `folder`, which is made if it is not there.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let part = folder.join(format!(".relief-{}.part", std::process::id()));
        fs::create_dir(&part)?;
        Ok(Self {
            folder: folder.to_owned(),
            part,
            names: Vec::new(),
        })
    }

    /// Writes one file; its name may have a folder before it.
    pub(crate) fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.part.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        self.names.push(name.to_owned());
        Ok(())
    }

    /// Puts every file in its place in the order they were written, each by one rename, and removes those of `older` that are not
    /// written anew: a paper of an earlier run must not be printed with this one. Files nobody named are left alone.
    pub(crate) fn publish(self, older: &[String]) -> io::Result<()> {
        for name in older
            .iter()
            .filter(|name| stays_inside(name) && !self.names.contains(name))
        {
            let path = self.folder.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            // Only an empty folder goes.
            if let Some(parent) = path.parent().filter(|parent| *parent != self.folder) {
                let _ = fs::remove_dir(parent);
            }
        }
        for name in &self.names {
            let path = self.folder.join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::rename(self.part.join(name), path)?;
        }
        Ok(())
    }
}

/// Writes one file whole or not at all. Where the path is a device or a pipe, the bytes go into it: a file put in its place would
/// take the device from everybody, as an administrator may.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => {
            return File::options().write(true).open(path)?.write_all(bytes);
        }
        _ => {}
    }
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| io::Error::other("this is no file's name"))?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut staged = Staged::new(folder.unwrap_or(Path::new(".")))?;
    staged.write(name, bytes)?;
    staged.publish(&[])
}

/// A name from a file that anybody may have edited must not lead out of the folder.
fn stays_inside(name: &str) -> bool {
    Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
}

impl Drop for Staged {
    fn drop(&mut self) {
        // What was published is no longer in it.
        let _ = fs::remove_dir_all(&self.part);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_gets_the_bytes_and_stays_a_pipe() -> io::Result<()> {
        use std::os::unix::fs::FileTypeExt as _;

        let folder = tempfile::tempdir()?;
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status()?;
        assert!(made.success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe)
        });
        write(&pipe, b"a page")?;
        assert!(fs::metadata(&pipe)?.file_type().is_fifo());
        assert_eq!(reader.join().unwrap()?, b"a page");
        Ok(())
    }
}
