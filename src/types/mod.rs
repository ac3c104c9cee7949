//! What editors read of the registry: the types of every function in both languages, and the whole of it as
//! data.

mod class;
mod described;
mod files;
mod json;
mod kind;
mod lua;
mod luau;
mod markdown;
mod module_page;
mod modules;
mod page;
mod parameter;
mod rhai;
mod stamp;
mod tree;
mod words;

pub use files::{Written, files, write};
pub use markdown::reference;
pub use module_page::{ModuleLine, ModulePage};
pub use page::{Page, PageParameter};
