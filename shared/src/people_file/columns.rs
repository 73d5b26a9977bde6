use super::{HEADINGS, NAME, PeopleFileError, ROLES, SIGN_IN, SUBJECT};

/// Where the columns stand, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) sign_in: usize,
    /// A list without one of these leaves it to everybody as it is.
    pub(super) name: Option<usize>,
    pub(super) roles: Option<usize>,
    pub(super) subject: Option<usize>,
}

impl Columns {
    /// By their headings, in whatever order and case.
    pub(super) fn find(headings: &[String]) -> Result<Self, PeopleFileError> {
        for heading in headings.iter().filter(|heading| !heading.is_empty()) {
            if !HEADINGS.iter().any(|known| is(heading, known)) {
                return Err(PeopleFileError::UnknownHeading(heading.clone()));
            }
        }
        let place = |known: &'static str| {
            let mut places = (0..headings.len()).filter(|place| is(&headings[*place], known));
            let first = places.next();
            match places.next() {
                Some(_) => Err(PeopleFileError::HeadingTwice(known)),
                None => Ok(first),
            }
        };
        Ok(Self {
            sign_in: place(SIGN_IN)?.ok_or(PeopleFileError::NoSignIn)?,
            name: place(NAME)?,
            roles: place(ROLES)?,
            subject: place(SUBJECT)?,
        })
    }
}

fn is(heading: &str, known: &str) -> bool {
    heading.eq_ignore_ascii_case(known)
}
