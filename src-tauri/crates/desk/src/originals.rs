//! The originals of sheets, for the window to show beside what was understood. They lie in the vault, encrypted with everything else.

use reading::PagePicture;
use vault::Act;

use crate::import::Read;
use crate::view::{Original, PageOf};
use crate::{Desk, Result};

impl Desk {
    /// A sheet's file as it was given.
    ///
    /// # Errors
    /// There is no such sheet.
    pub fn original(&self, ask: &Original) -> Result<Vec<u8>> {
        self.needs(Act::Work)?;
        Ok(self.vault.read().sheet_bytes(&ask.id, ask.sheet)?.to_vec())
    }

    /// The picture of a page as its letters were recognised, as a PNG made anew: the frames of its lines fit it.
    ///
    /// # Errors
    /// There is no such sheet, or its page was no picture.
    pub fn page(&self, ask: &PageOf) -> Result<Vec<u8>> {
        self.needs(Act::Work)?;
        let read = Read::of(self.sheet(&ask.id, ask.sheet)?.lines);
        let page = read.pictures.iter().find(|known| known.page == ask.page);
        let page: PagePicture = *page.ok_or(vault::Error::NotFound { what: "page" })?;
        let bytes = self.vault.read().sheet_bytes(&ask.id, ask.sheet)?;
        Ok(reading::page_picture(&bytes, &page)?.png()?)
    }
}
