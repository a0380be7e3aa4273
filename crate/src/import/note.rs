//! What a file says of an entry that an entry has no place for: lines of its note.

/// The words of these lines, in the language of whoever reads them. `{}` stands for the text or
/// number from the file.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is the line of that name")]
pub struct NoteWords<'a> {
    pub category: &'a str,
    pub collection: &'a str,
    pub folder: &'a str,
    pub group: &'a str,
    pub name: &'a str,
    pub site: &'a str,
    pub tags: &'a str,
    pub vault: &'a str,
    /// It was archived in 1Password.
    pub archived: &'a str,
    /// The name of an entry that has none, by its place in the file.
    pub unnamed: &'a str,
}

impl NoteWords<'static> {
    /// In English.
    pub const ENGLISH: Self = Self {
        category: "Category: {}",
        collection: "Collection: {}",
        folder: "Folder: {}",
        group: "Group: {}",
        name: "Name: {}",
        site: "Site: {}",
        tags: "Tags: {}",
        vault: "Vault: {}",
        archived: "Archived in 1Password",
        unnamed: "Entry {}",
    };
}

/// One line of a note.
#[derive(Clone, Copy)]
pub(super) enum Line {
    /// The entry's own note.
    Own,
    Category,
    Collection,
    Folder,
    Group,
    Name,
    Site,
    Tags,
    Vault,
    Archived,
}

impl NoteWords<'_> {
    /// Writes the lines of a note.
    pub(super) fn write(&self, lines: Vec<(Line, String)>) -> String {
        let lines: Vec<String> =
            lines.into_iter().map(|(line, text)| self.of(line).replace("{}", &text)).collect();
        lines.join("\n")
    }

    fn of(&self, line: Line) -> &str {
        match line {
            Line::Own => "{}",
            Line::Category => self.category,
            Line::Collection => self.collection,
            Line::Folder => self.folder,
            Line::Group => self.group,
            Line::Name => self.name,
            Line::Site => self.site,
            Line::Tags => self.tags,
            Line::Vault => self.vault,
            Line::Archived => self.archived,
        }
    }
}
