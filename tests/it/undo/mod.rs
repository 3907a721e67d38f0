//! Undo and redo.

mod changes;
mod people;
mod sequence;
