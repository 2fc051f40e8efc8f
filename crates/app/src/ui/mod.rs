//! Design-system components: one typed struct each, with its own template, so that a page cannot misspell one.
//!
//! A component renders itself (`{{ radios }}` in a template). It must not read the database, decide anything or hold
//! words: texts come from the page or, for the few a component adds itself, from the message files.

mod casework;
mod choices;
mod date_input;
mod errors;
mod field;
mod form_page;
mod frame;
mod inputs;
mod links;
mod lists;
mod markup;
mod notes;
mod table;

pub use casework::{
    Alert, AlertKind, Badge, FilterLayout, SelectedFilter, ShowNew, SideNavigation, SideSection,
    SubNavigation, Timeline, TimelineEntry,
};
pub use choices::{Behaviour, Checkboxes, Choice, Radios};
pub use date_input::{DateInput, DateValues};
pub use errors::{Again, ConflictPage, ErrorKind, ErrorPage};
pub use field::{Field, Fieldset, Heading, Size};
pub use form_page::{FormPage, NotePage};
pub use frame::{CountyFace, CrisisHelp, CrisisLine, Frame, FrameKind, LEAVE_PATH, NavItem, TYPED, leave};
pub use inputs::{
    CharacterCount, FileUpload, Limit, PasswordInput, Select, SelectOption, TextInput, Textarea,
};
pub use links::{
    ActionLink, BackLink, Breadcrumb, Button, ButtonIcon, ButtonKind, Link, Pagination, SkipLink,
};
pub use lists::{RowAction, Status, SummaryList, SummaryRow, Task, TaskList};
pub use markup::{Icon, Markup};
pub use notes::{
    Card, CardKind, CareCard, Details, ErrorLink, ErrorSummary, InsetText, NotificationBanner, Panel, Tag,
    TagColour, Urgency, WarningCallout,
};
pub use table::{Cell, Column, Sort, Table};

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod gallery;
