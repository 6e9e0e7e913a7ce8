//! A record and its findings in, court papers as PDF bytes out.
