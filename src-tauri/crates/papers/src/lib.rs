//! A record and its findings in, court papers as PDF bytes out.
//!
//! [`prepare`] is the way in. For each court case that has something to file it makes a cover sheet for the clinic, the paper
//! that asks, a declaration where an attorney chose one, a proposed order and a blank proof of service; and one sheet for the
//! client. It invents nothing: every value on a paper that is filed is remembered as a [`Mark`] with the fact it came from, and
//! what nobody was asked stays blank and is listed as a [`Blank`].
//!
//! Layout is in `templates/`, words are in the packs, faces are in `fonts/`. Nothing is looked for on the machine or the
//! network, and the same request gives the same bytes.

pub mod bulk;
mod bundle;
mod clearance;
mod client;
mod cover;
mod declaration;
mod efile;
mod envelopes;
mod error;
pub mod figures;
mod filer;
mod folder;
mod fonts;
mod ink;
mod job;
mod letters;
mod motion;
mod official;
mod order;
mod packet;
mod plan;
mod pleading;
mod prepare;
mod press;
mod print;
mod service;
mod sets;
mod signed;
mod signing;
mod upload;
mod why_not;
mod words;

pub use clearance::Clearance;
pub use efile::{Efiling, EfilingEntry, EfilingFile, EfilingManifest, Problem, efile};
pub use error::PaperError;
pub use filer::signer_is_known;
pub use packet::{
    Blank, CasePacket, Entry, FormUsed, LostPaper, Manifest, Mark, Packet, Paper, PaperKind,
    Recipient, SetEntry, Signature,
};
pub use prepare::{Request, filed_all, prepare, prepare_all, told};
pub use press::in_one_go;
pub use print::{Bound, PrintJob, Sides, print};
pub use sets::{Holder, Set};
pub use signed::Signed;
pub use upload::{Upload, UploadFile};
