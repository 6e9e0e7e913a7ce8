//! The 95 columns of the state's bulk export, and those that are read.

/// Names of all columns, in order.
pub const NAMES: [&str; 95] = [
    "RECORD_ID",
    "SUBJECT_STATUS",
    "SUBJECT_ID",
    "REQ_SEG_SEP",
    "REQ_CII_NUMBER",
    "REQ_NAME",
    "REQ_GENDER",
    "REQ_DOB",
    "REQ_CDL",
    "REQ_SSN",
    "PII_SEG_SEP",
    "CII_NUMBER",
    "PRI_NAME",
    "GENDER",
    "PRI_DOB",
    "PRI_SSN",
    "PRI_CDL",
    "PRI_IDN",
    "PRI_INN",
    "FBI_NUMBER",
    "PDR_SEG_SEP",
    "RACE_CODE",
    "RACE_DESCR",
    "EYE_COLOR_CODE",
    "EYE_COLOR_DESCR",
    "HAIR_COLOR_CODE",
    "HAIR_COLOR_DESCR",
    "HEIGHT",
    "WEIGHT",
    "SINGLE_SOURCE",
    "MULTI_SOURCE",
    "POB_CODE",
    "POB_NAME",
    "POB_TYPE",
    "CITIZENSHIP_LIST",
    "CYC_SEG_SEP",
    "CYC_ORDER",
    "CYC_DATE",
    "STP_SEG_SEP",
    "STP_ORDER",
    "STP_EVENT_DATE",
    "STP_TYPE_CODE",
    "STP_TYPE_DESCR",
    "STP_ORI_TYPE",
    "STP_ORI_TYPE_DESCR",
    "STP_ORI_CODE",
    "STP_ORI_DESCR",
    "STP_ORI_CNTY_CODE",
    "STP_ORI_CNTY_NAME",
    "CNT_SEG_SEP",
    "CNT_ORDER",
    "DISP_DATE",
    "OFN",
    "OFFENSE_CODE",
    "OFFENSE_DESCR",
    "OFFENSE_TOC",
    "OFFENSE_QUAL_LST",
    "DISP_OFFENSE_CODE",
    "DISP_OFFENSE_DESCR",
    "DISP_OFFENSE_TOC",
    "DISP_OFFENSE_QUAL_LST",
    "CONV_OFFENSE_ORDER",
    "CONV_OFFENSE_CODE",
    "CONV_OFFENSE_DESCR",
    "CONV_OFFENSE_TOC",
    "CONV_OFFENSE_QUAL_LST",
    "FE_NUM_ORDER",
    "FE_NUM_ARR_AGY",
    "FE_NUM_BNCH_WARR",
    "FE_NUM_CITE",
    "FE_NUM_DOCKET",
    "FE_NUM_INCIDENT",
    "FE_NUM_BOOKING",
    "FE_NUM_NUMBER",
    "FE_NUM_REMAND",
    "FE_NUM_OOS_INN",
    "FE_NUM_CRT_CASE",
    "FE_NUM_WARRANT",
    "DISP_ORDER",
    "DISP_CODE",
    "DISP_DESCR",
    "CONV_STAT_CODE",
    "CONV_STAT_DESCR",
    "SENT_SEG_SEP",
    "SENT_ORDER",
    "SENT_LOC_CODE",
    "SENT_LOC_DESCR",
    "SENT_LENGTH",
    "SENT_TIME_CODE",
    "SENT_TIME_DESCR",
    "CYC_AGE",
    "CII_TYPE",
    "CII_TYPE_ALPHA",
    "COMMENT_TEXT",
    "END_OF_REC",
];

/// Columns of the short table: what a person reviewing a row wants to see.
pub const SHORT: [usize; 20] = [
    CII_NUMBER,
    PRI_NAME,
    GENDER,
    PRI_DOB,
    RACE_DESCR,
    CYC_DATE,
    STP_EVENT_DATE,
    STP_ORI_DESCR,
    STP_ORI_CNTY_NAME,
    DISP_DATE,
    OFN,
    OFFENSE_DESCR,
    DISP_DESCR,
    CONV_STAT_DESCR,
    SENT_LOC_DESCR,
    SENT_LENGTH,
    SENT_TIME_CODE,
    CYC_AGE,
    COMMENT_TEXT,
    END_OF_REC,
];

/// Whose row it is: all rows of one value are one person.
pub const SUBJECT_ID: usize = 2;
/// The state's criminal identification number.
pub const CII_NUMBER: usize = 11;
/// `LAST,FIRST M`.
pub const PRI_NAME: usize = 12;
/// Sex as printed.
pub const GENDER: usize = 13;
/// Birth, `YYYYMMDD`.
pub const PRI_DOB: usize = 14;
/// Race as printed.
pub const RACE_DESCR: usize = 22;
/// Citizenships, as the state lists them.
pub const CITIZENSHIP_LIST: usize = 34;
/// Day of the cycle.
pub const CYC_DATE: usize = 37;
/// Day of the event.
pub const STP_EVENT_DATE: usize = 40;
/// Kind of event.
pub const STP_TYPE_DESCR: usize = 42;
/// The agency.
pub const STP_ORI_DESCR: usize = 46;
/// Its county, in capitals.
pub const STP_ORI_CNTY_NAME: usize = 48;
/// Cycle, step, count: twelve digits.
pub const CNT_ORDER: usize = 50;
/// Day of the disposition.
pub const DISP_DATE: usize = 51;
/// The court's case number on court rows.
pub const OFN: usize = 52;
/// The charge.
pub const OFFENSE_DESCR: usize = 54;
/// Its level.
pub const OFFENSE_TOC: usize = 55;
/// Attempt, conspiracy.
pub const OFFENSE_QUAL_LST: usize = 56;
/// The offense at the disposition.
pub const DISP_OFFENSE_DESCR: usize = 58;
/// Its level.
pub const DISP_OFFENSE_TOC: usize = 59;
/// Attempt, conspiracy.
pub const DISP_OFFENSE_QUAL_LST: usize = 60;
/// The offense convicted of.
pub const CONV_OFFENSE_DESCR: usize = 63;
/// Its level.
pub const CONV_OFFENSE_TOC: usize = 64;
/// Attempt, conspiracy.
pub const CONV_OFFENSE_QUAL_LST: usize = 65;
/// Court case number of the file numbers.
pub const FE_NUM_CRT_CASE: usize = 76;
/// What became of the count.
pub const DISP_DESCR: usize = 80;
/// Level of the conviction.
pub const CONV_STAT_DESCR: usize = 82;
/// Number of the sentence part.
pub const SENT_ORDER: usize = 84;
/// Kind of sentence part.
pub const SENT_LOC_DESCR: usize = 86;
/// Its length.
pub const SENT_LENGTH: usize = 87;
/// Its unit: D, M, Y.
pub const SENT_TIME_CODE: usize = 88;
/// Age at the cycle.
pub const CYC_AGE: usize = 90;
/// Free text; at times the charge.
pub const COMMENT_TEXT: usize = 93;
/// End mark.
pub const END_OF_REC: usize = 94;
