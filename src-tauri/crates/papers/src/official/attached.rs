//! The courts' forms that are attached to others: for what those have no room for, and for a declaration.

use forms::{Attachment, Given, Values as Fields};
use packs::forms::{Edition, Fact};

use super::facts::text;
use super::{Form, Official};
use crate::PaperError;
use crate::declaration::{self, Chosen};
use crate::ink::Ink;
use crate::job::Job;
use crate::plan::MotionPlan;

/// The least size, in points, at which a client's own words stand on a form. Where they would be smaller, a paper of ours holds them.
const LEAST: f32 = 9.0;

/// A form that takes what others have no room for, as one case needs it.
pub(super) struct Overflow<'a> {
    pub(super) form: Form<'a>,
    pub(super) attachment: Attachment<'a>,
    /// What its caption says, for when it is used.
    pub(super) ink: Ink,
}

/// The office's blank of such a form; none where it has none, or one without a field for a text.
///
/// # Errors
/// The pack's words do not fit.
pub(super) fn overflow<'a>(
    job: &Job<'a>,
    plan: &MotionPlan<'_>,
) -> Result<Option<Overflow<'a>>, PaperError> {
    let Some((form, _)) = with(job, &Fact::AttachmentBody) else {
        return Ok(None);
    };
    let mut ink = Ink::default();
    let mut values = Fields::new();
    for (name, fact) in &form.edition.text {
        if let Some(value) = text(job, plan, fact, &mut ink)? {
            values.insert(form.edition.field(name), Given::Text(ink.put(name, &value)));
        }
    }
    let attachment = Attachment::described(&form.entry.blank, form.edition, values);
    Ok(attachment.map(|attachment| Overflow {
        form,
        attachment,
        ink,
    }))
}

/// The court's form for a declaration that is attached to another form; none where the office has none, or it has no room for the
/// words. Words of another language stand beside their translation and have an interpreter's oath: no form has a place for that.
///
/// # Errors
/// The pack's words do not fit, or the form cannot be written.
pub(crate) fn declaration(
    job: &Job<'_>,
    plan: &MotionPlan<'_>,
    chosen: &[Chosen<'_>],
    ink: &mut Ink,
) -> Result<Option<Official>, PaperError> {
    // The captions of such forms are those of cases between people and a state.
    if plan.juvenile {
        return Ok(None);
    }
    let Some((form, body)) = with(job, &Fact::DeclarationBody) else {
        return Ok(None);
    };
    let mut written = Ink::default();
    let Some(words) = declaration::plain(job, plan, chosen, &mut written)? else {
        return Ok(None);
    };
    if !form.entry.blank.fits(&body, &words.text, LEAST) {
        return Ok(None);
    }
    let made = form.fill(job, plan, Some(&words), &mut written, |_| Ok(Vec::new()))?;
    if made.is_some() {
        ink.join(written);
    }
    Ok(made)
}

/// The first form of the office's that has a field for a fact, and the field.
fn with<'a>(job: &Job<'a>, fact: &Fact) -> Option<(Form<'a>, String)> {
    let library = job.library.filter(|_| !job.training)?;
    let body = |edition: &Edition| edition.fields_for(fact).next();
    job.sheets().into_iter().find_map(|sheet| {
        let (entry, edition) = library.find(sheet, job.as_of)?;
        let form = Form {
            sheet,
            entry,
            edition,
        };
        Some((form, body(edition)?))
    })
}
