use std::path::{Path, PathBuf};

use crate::{Digest, FsError, content_digest, create_dir_all, read, remove_file, write_atomic};

/// Bytes on disk, found by their digest and checked against it whenever they are read.
///
/// Any number of processes may use one store: a blob appears whole, and two that put the same
/// bytes put the same file. A blob that no longer has its digest (a bad disk, an edit, a power cut)
/// is removed by the reader that notices.
#[derive(Clone, Debug)]
pub struct Blobs {
    root: PathBuf,
    max_bytes: u64,
}

/// What a store has under a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blob {
    /// The bytes.
    Found(Vec<u8>),
    /// Nothing.
    Missing,
    /// Bytes of another digest, which are now removed.
    Broken,
}

impl Blobs {
    /// The store in the folder `root`, which is made by the first [`Blobs::put`]. A blob of more
    /// than `max_bytes` is an error on both ways.
    #[must_use]
    pub const fn new(root: PathBuf, max_bytes: u64) -> Self {
        Self { root, max_bytes }
    }

    /// Stores the bytes and returns their digest.
    pub fn put(&self, bytes: &[u8]) -> Result<Digest, FsError> {
        let digest = content_digest(bytes);
        let path = self.path(&digest);
        if bytes.len() as u64 > self.max_bytes {
            return Err(FsError::TooLarge { path, max: self.max_bytes });
        }
        if !matches!(self.get(&digest)?, Blob::Found(_)) {
            create_dir_all(path.parent().unwrap_or(&self.root))?;
            write_atomic(&path, bytes)?;
        }
        Ok(digest)
    }

    /// The bytes with this digest.
    pub fn get(&self, digest: &Digest) -> Result<Blob, FsError> {
        let path = self.path(digest);
        match read(&path, self.max_bytes) {
            Ok(bytes) if content_digest(&bytes) == *digest => Ok(Blob::Found(bytes)),
            Ok(_) | Err(FsError::TooLarge { .. }) => {
                remove_file(&path)?;
                Ok(Blob::Broken)
            }
            Err(error) if error.is_not_found() => Ok(Blob::Missing),
            Err(error) => Err(error),
        }
    }

    /// Where the blob is, or would be.
    fn path(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        // Few names per folder keep listings fast everywhere.
        let (folder, file) = name.split_at(2);
        Path::new(&self.root).join(folder).join(file)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Blob, Blobs};
    use crate::content_digest;

    #[test]
    fn put_and_get() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::new(folder.path().join("blobs"), 100);
        assert_eq!(blobs.get(&content_digest(b"a")).unwrap(), Blob::Missing);
        let digest = blobs.put(b"a").unwrap();
        assert_eq!(digest, content_digest(b"a"));
        assert_eq!(blobs.put(b"a").unwrap(), digest);
        assert_eq!(blobs.get(&digest).unwrap(), Blob::Found(b"a".to_vec()));
        assert!(
            blobs.put(&[0; 101]).unwrap_err().to_string().ends_with("is larger than 100 bytes")
        );
    }

    #[test]
    fn broken_blobs_heal() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::new(folder.path().to_path_buf(), 100);
        let digest = blobs.put(b"content").unwrap();
        for damage in [&b""[..], b"cont", b"contenT", &[b'x'; 200]] {
            fs::write(blobs.path(&digest), damage).unwrap();
            assert_eq!(blobs.get(&digest).unwrap(), Blob::Broken);
            assert_eq!(blobs.get(&digest).unwrap(), Blob::Missing);
            blobs.put(b"content").unwrap();
            fs::write(blobs.path(&digest), damage).unwrap();
            blobs.put(b"content").unwrap();
            assert_eq!(blobs.get(&digest).unwrap(), Blob::Found(b"content".to_vec()));
        }
    }
}
