//! A part of a subject, and whether it must be written.

/// A value that knows whether it was changed since it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Tracked<T> {
    value: T,
    changed: bool,
}

impl<T> Tracked<T> {
    /// As read from the database.
    pub fn stored(value: T) -> Self {
        Self { value, changed: false }
    }

    pub(crate) fn new(value: T) -> Self {
        Self { value, changed: true }
    }

    pub(crate) fn edit(&mut self) -> &mut T {
        self.changed = true;
        &mut self.value
    }

    /// Whether it must be written.
    pub fn is_changed(&self) -> bool {
        self.changed
    }
}

impl<T> std::ops::Deref for Tracked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
