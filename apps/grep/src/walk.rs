//! The files below a folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Calls `visit` for each file below `folder` in the order of their names, and `failed` for each folder that cannot be
/// read. Symbolic links are left out: what they name is found elsewhere, or not meant.
pub fn walk<E>(
    folder: &Path,
    mut visit: impl FnMut(&Path) -> Result<(), E>,
    mut failed: impl FnMut(&Path, io::Error),
) -> Result<(), E> {
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(path) = waiting.pop() {
        match kind(&path, path == folder) {
            Ok(Kind::Folder) => match entries(&path) {
                Ok(paths) => waiting.extend(paths.into_iter().rev()),
                Err(e) => failed(&path, e),
            },
            Ok(Kind::File) => visit(&path)?,
            Ok(Kind::Other) => {}
            Err(e) => failed(&path, e),
        }
    }
    Ok(())
}

enum Kind {
    File,
    Folder,
    Other,
}

fn kind(path: &Path, follow: bool) -> io::Result<Kind> {
    let data = if follow { fs::metadata(path) } else { fs::symlink_metadata(path) }?;
    Ok(match data.file_type() {
        t if t.is_dir() => Kind::Folder,
        t if t.is_file() => Kind::File,
        _ => Kind::Other,
    })
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
