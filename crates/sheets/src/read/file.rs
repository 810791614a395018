//! The bytes of a file, kept once however many look at them.

use std::{borrow::Cow, ops::Deref, sync::Arc};
use yoke::Yoke;

/// A whole file. A copy is another handle to the same bytes.
#[derive(Clone, Debug)]
pub struct File(Arc<Vec<u8>>);

/// Text out of a file. Where the file holds it as it is, nothing is copied.
#[derive(Debug)]
pub(crate) struct FileText(Yoke<Cow<'static, str>, Arc<Vec<u8>>>);

impl File {
    /// Takes `text` out of the bytes.
    pub(super) fn text<E>(
        &self,
        text: impl for<'bytes> FnOnce(&'bytes Vec<u8>) -> Result<Cow<'bytes, str>, E>,
    ) -> Result<FileText, E> {
        Yoke::<Cow<str>, _>::try_attach_to_cart(Arc::clone(&self.0), text).map(FileText)
    }
}

impl Deref for File {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Arc::new(bytes))
    }
}

impl From<&[u8]> for File {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}

impl FileText {
    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        self.0.get()
    }
}
